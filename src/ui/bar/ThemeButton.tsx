/** Goes round the themes: as the system, light, dark. */
import type { LucideIcon } from "lucide-react";
import { Moon, Sun, SunMoon } from "lucide-react";
import type { Theme } from "../../state/preferences.ts";
import { useDuel, usePreference } from "../context.ts";
import { IconButton } from "../controls/Button.tsx";

const THEMES: Readonly<Record<Theme, { readonly icon: LucideIcon; readonly label: string; readonly next: Theme }>> = {
  system: { icon: SunMoon, label: "as the system", next: "light" },
  light: { icon: Sun, label: "light", next: "dark" },
  dark: { icon: Moon, label: "dark", next: "system" },
};

export function ThemeButton() {
  const { preferences } = useDuel();
  const theme = usePreference((state) => state.theme);
  const { icon: Icon, label, next } = THEMES[theme];
  return (
    <IconButton
      name={`Theme: ${label}`}
      look="quiet"
      onClick={() => {
        preferences.setState({ theme: next });
      }}
    >
      <Icon size={16} aria-hidden="true" />
    </IconButton>
  );
}
