/** The bar on top: preset, counters, transport, backend, link, theme, help. It only arranges them. */
import { CircleHelp } from "lucide-react";
import { PRESET_GROUPS, PRESETS } from "../../gan/presets/index.ts";
import { NARROW, useDuel, useMedia, useSession } from "../context.ts";
import { IconButton } from "../controls/Button.tsx";
import { Select } from "../controls/Select.tsx";
import { BackendChooser } from "./BackendChooser.tsx";
import styles from "./Bar.module.css";
import { Counters } from "./Counters.tsx";
import { Logo } from "./Logo.tsx";
import { ShareButton } from "./ShareButton.tsx";
import { ThemeButton } from "./ThemeButton.tsx";
import { Transport } from "./Transport.tsx";

const PRESET_OPTIONS = PRESETS.map(({ id, label, comment, group }) => ({
  value: id,
  label,
  help: firstSentence(comment),
  group: PRESET_GROUPS[group],
}));

function firstSentence(text: string): string {
  return /^.*?[.:](?= [A-Z]|$)/.exec(text)?.[0] ?? text;
}

export function Bar({ openHelp }: { readonly openHelp: () => void }) {
  const isNarrow = useMedia(NARROW);
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>
        <Logo />
        <span className={styles.word}>Duel</span>
      </h1>
      <div className={styles.preset}>
        <PresetChooser />
      </div>
      {!isNarrow && <Transport />}
      {!isNarrow && (
        <div className={styles.counters}>
          <Counters />
        </div>
      )}
      <div className={styles.backend}>
        <BackendChooser />
      </div>
      <div className={styles.icons}>
        <ShareButton />
        <ThemeButton />
        <IconButton name="Help" hint="Help and shortcuts (?)" look="quiet" onClick={openHelp}>
          <CircleHelp size={16} aria-hidden="true" />
        </IconButton>
      </div>
    </header>
  );
}

function PresetChooser() {
  const { session } = useDuel();
  const presetId = useSession((state) => state.presetId);
  return (
    <Select
      name="Preset"
      value={presetId}
      options={PRESET_OPTIONS}
      onChange={(id) => {
        session.choosePreset(id);
      }}
    />
  );
}
