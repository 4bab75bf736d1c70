/** All settings, in groups, as the settings table lists them. It knows no single setting by name. */
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { DATA_SETS } from "../../data/catalogue.ts";
import type { SettingGroup } from "../../gan/settings.ts";
import { SETTINGS } from "../../gan/settings.ts";
import { toggled } from "../../state/preferences.ts";
import { useDuel, usePreference, useSession } from "../context.ts";
import { PresetComment } from "./PresetComment.tsx";
import { RestartNotice } from "./RestartNotice.tsx";
import { SettingControl } from "./SettingControl.tsx";
import styles from "./SettingsPanel.module.css";

const GROUPS: readonly { readonly group: SettingGroup; readonly label: string }[] = [
  { group: "objective", label: "Objective" },
  { group: "stabilizers", label: "Stabilisers" },
  { group: "generator", label: "Generator" },
  { group: "discriminator", label: "Discriminator" },
  { group: "networks", label: "Networks" },
  { group: "data", label: "Data" },
  { group: "display", label: "Display" },
];

export function SettingsPanel() {
  return (
    <section aria-label="Settings" className={styles.panel}>
      <PresetComment />
      {GROUPS.map(({ group, label }) => (
        <Group key={group} group={group} label={label} />
      ))}
      <RestartNotice />
    </section>
  );
}

function Group({ group, label }: { readonly group: SettingGroup; readonly label: string }) {
  const { preferences } = useDuel();
  const isOpen = usePreference((state) => !state.closedGroups.includes(group));
  const id = useId();
  return (
    <div className={styles.group}>
      <h2 className={styles.heading} data-player={group}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => {
            preferences.setState((state) => ({ closedGroups: toggled(state.closedGroups, group) }));
          }}
        >
          {label}
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      </h2>
      <div id={id} className={styles.settings} hidden={!isOpen}>
        {SETTINGS.filter((setting) => setting.group === group).map((setting) => (
          <SettingControl key={setting.path} setting={setting} />
        ))}
        {group === "data" && <Attribution />}
      </div>
    </div>
  );
}

function Attribution() {
  const { label, attribution } = DATA_SETS[useSession((state) => state.wanted.dataSet)];
  return (
    <p className={styles.attribution}>
      {label}: {attribution}
    </p>
  );
}
