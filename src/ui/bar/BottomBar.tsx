/** On narrow screens: the transport at the bottom edge, and the panels as sheets. */
import { SlidersHorizontal, TrendingUp } from "lucide-react";
import { useState } from "react";
import { pathsWaitingForRestart } from "../../state/tuning.ts";
import { Measurements } from "../charts/Measurements.tsx";
import { useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Sheet } from "../controls/Sheet.tsx";
import { SettingsPanel } from "../settings/SettingsPanel.tsx";
import styles from "./BottomBar.module.css";
import { Transport } from "./Transport.tsx";

export function BottomBar() {
  const [open, setOpen] = useState<"settings" | "measurements" | null>(null);
  const waiting = useSession((state) => pathsWaitingForRestart(state).length);
  const close = (): void => {
    setOpen(null);
  };
  return (
    <footer className={styles.bottom}>
      <div className={styles.sheets}>
        <Button
          onClick={() => {
            setOpen("settings");
          }}
        >
          <SlidersHorizontal size={14} aria-hidden="true" />
          Settings{waiting > 0 && ` · restart to apply ${String(waiting)}`}
        </Button>
        <Button
          onClick={() => {
            setOpen("measurements");
          }}
        >
          <TrendingUp size={14} aria-hidden="true" />
          Measurements
        </Button>
      </div>
      <Transport />
      <Sheet title="Settings" place="bottom" open={open === "settings"} onOpenChange={close}>
        <SettingsPanel />
      </Sheet>
      <Sheet title="Measurements" place="bottom" open={open === "measurements"} onOpenChange={close}>
        <Measurements />
      </Sheet>
    </footer>
  );
}
