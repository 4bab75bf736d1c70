/** One setting of the table as a control: label, live value, slider or list, help in place, and the way back. */
import { CircleHelp, Undo2 } from "lucide-react";
import { useId, useState } from "react";
import { presetById } from "../../gan/presets/index.ts";
import type { ChoiceSetting, FlagSetting, NumberSetting, Setting, SettingValue } from "../../gan/settings.ts";
import { readSetting } from "../../gan/settings.ts";
import { pathsWaitingForRestart } from "../../state/tuning.ts";
import { useDuel, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Select } from "../controls/Select.tsx";
import { Slider } from "../controls/Slider.tsx";
import { describeValue } from "../numbers.ts";
import styles from "./SettingControl.module.css";
import { ValueField } from "./ValueField.tsx";

interface ControlProps<Kind extends Setting> {
  readonly setting: Kind;
  readonly value: SettingValue;
  readonly describedBy: string | undefined;
  readonly onChange: (value: SettingValue) => void;
  readonly onReset: () => void;
}

/** Nothing, where the wanted config has no place for the setting (β₁ without Adam). */
export function SettingControl({ setting }: { readonly setting: Setting }) {
  const { session } = useDuel();
  const value = useSession((state) => readSetting(state.wanted, setting.path));
  const standard = useSession((state) => {
    const preset = presetById(state.presetId);
    return preset === undefined ? undefined : readSetting(preset.config, setting.path);
  });
  const waits = useSession((state) => pathsWaitingForRestart(state).includes(setting.path));
  const refusal = useSession(({ refused }) => (refused?.path === setting.path ? refused.reason : null));
  const [helpOpen, setHelpOpen] = useState(false);
  const id = useId();
  if (value === undefined) return null;

  const change = (next: SettingValue): void => {
    session.changeSetting(setting.path, next);
  };
  const reset = (): void => {
    if (standard !== undefined) change(standard);
  };
  const shared = { value, describedBy: helpOpen ? `${id}-help` : undefined, onChange: change, onReset: reset };
  const isChanged = standard !== undefined && standard !== value;
  return (
    <div className={styles.setting}>
      <div className={styles.line}>
        <span className={styles.label}>{shortLabel(setting)}</span>
        <Button
          look="quiet"
          className={styles.small}
          aria-label={`Help: ${setting.label}`}
          aria-expanded={helpOpen}
          aria-controls={`${id}-help`}
          onClick={() => {
            setHelpOpen(!helpOpen);
          }}
        >
          <CircleHelp size={13} aria-hidden="true" />
        </Button>
        {isChanged && (
          <Button
            look="quiet"
            className={styles.small}
            aria-label={`Default for ${setting.label}: ${describeValue(setting.path, standard)}`}
            title={`Back to ${describeValue(setting.path, standard)}`}
            onClick={reset}
          >
            <Undo2 size={13} aria-hidden="true" />
          </Button>
        )}
        <span className={styles.space} />
        {setting.kind === "number" && <ValueField setting={setting} value={value} onChange={change} />}
        {setting.kind === "flag" && <FlagControl setting={setting} {...shared} />}
        {waits && <span className={styles.waits}>restart</span>}
      </div>
      {setting.kind === "number" && <NumberControl setting={setting} {...shared} />}
      {setting.kind === "choice" && <ChoiceControl setting={setting} {...shared} />}
      {refusal !== null && (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      )}
      <p id={`${id}-help`} className={styles.help} hidden={!helpOpen}>
        {setting.help} {setting.kind === "choice" && helpOfOption(setting, value)}
      </p>
    </div>
  );
}

function NumberControl({ setting, value, describedBy, onChange, onReset }: ControlProps<NumberSetting>) {
  if (typeof value !== "number") return null;
  return (
    <Slider
      setting={setting}
      value={value}
      onChange={onChange}
      onReset={onReset}
      {...(describedBy === undefined ? {} : { describedBy })}
    />
  );
}

function ChoiceControl({ setting, value, describedBy, onChange }: ControlProps<ChoiceSetting>) {
  return (
    <Select
      name={setting.label}
      value={String(value)}
      options={setting.options}
      onChange={onChange}
      {...(describedBy === undefined ? {} : { describedBy })}
    />
  );
}

function FlagControl({ setting, value, describedBy, onChange }: ControlProps<FlagSetting>) {
  return (
    <label className={styles.switch}>
      <input
        type="checkbox"
        role="switch"
        checked={value === true}
        aria-label={setting.label}
        aria-describedby={describedBy}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      {value === true ? "on" : "off"}
    </label>
  );
}

function helpOfOption({ options }: ChoiceSetting, value: SettingValue): string | null {
  const option = options.find((candidate) => candidate.value === value);
  return option === undefined ? null : `${option.label}: ${option.help}`;
}

/** The label without the player's name, where the group's heading says it already. */
function shortLabel({ label, group }: Setting): string {
  if (group !== "generator" && group !== "discriminator") return label;
  const short = label.replace(/^(Generator|Discriminator) /, "");
  // A Greek β would become a capital that reads as B.
  return short.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
