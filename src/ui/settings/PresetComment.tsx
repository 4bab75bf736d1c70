/** What the chosen preset is there to show, and of a failure its cure, one click away. */
import { useId, useState } from "react";
import { presetById, type Preset } from "../../gan/presets/index.ts";
import { differingPaths } from "../../gan/settings.ts";
import { useDuel, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Changes } from "./Changes.tsx";
import styles from "./PresetComment.module.css";

export function PresetComment() {
  const preset = presetById(useSession((state) => state.presetId));
  const [isWhole, setIsWhole] = useState(false);
  const id = useId();
  if (preset === undefined) return null;
  const cure = preset.cure === undefined ? undefined : presetById(preset.cure);
  return (
    <div className={styles.comment}>
      <h2 className={styles.title}>{preset.label}</h2>
      <p id={id} className={isWhole ? undefined : styles.beginning}>
        {preset.comment} Source: {preset.source}
      </p>
      <button
        type="button"
        className={styles.more}
        aria-expanded={isWhole}
        aria-controls={id}
        aria-label="What to watch for in this preset"
        onClick={() => {
          setIsWhole(!isWhole);
        }}
      >
        {isWhole ? "Less" : "What to watch for"}
      </button>
      {cure !== undefined && <Cure failure={preset} cure={cure} />}
    </div>
  );
}

function Cure({ failure, cure }: { readonly failure: Preset; readonly cure: Preset }) {
  const { session } = useDuel();
  const paths = differingPaths(failure.config, cure.config);
  return (
    <div className={styles.cure} role="group" aria-label="The cure">
      <Changes paths={paths} before={failure.config} after={cure.config} />
      <Button
        onClick={() => {
          session.choosePreset(cure.id);
        }}
      >
        Try the cure
      </Button>
    </div>
  );
}
