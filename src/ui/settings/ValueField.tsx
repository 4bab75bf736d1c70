/** The live value of a number setting, which can be typed over. It knows one setting and nothing of the session. */
import { useState } from "react";
import type { NumberSetting, SettingValue } from "../../gan/settings.ts";
import { formatNumber, readTyped } from "../numbers.ts";
import styles from "./SettingControl.module.css";

interface ValueFieldProps {
  readonly setting: NumberSetting;
  readonly value: SettingValue;
  readonly onChange: (value: SettingValue) => void;
}

export function ValueField({ setting, value, onChange }: ValueFieldProps) {
  const { whenSwitchedOn } = setting;
  return (
    <>
      {whenSwitchedOn !== undefined && (
        <label className={styles.switch}>
          <input
            type="checkbox"
            role="switch"
            checked={value !== null}
            aria-label={`${setting.label} on`}
            onChange={(event) => {
              onChange(event.currentTarget.checked ? whenSwitchedOn : null);
            }}
          />
          {value === null && "off"}
        </label>
      )}
      {typeof value === "number" && <TypedNumber setting={setting} value={value} onChange={onChange} />}
      {typeof value === "number" && setting.unit !== "" && <span className={styles.unit}>{setting.unit}</span>}
    </>
  );
}

interface TypedNumberProps extends ValueFieldProps {
  readonly value: number;
}

/** Takes what was typed on Enter or on leaving, and forgets it on Escape. */
function TypedNumber({ setting, value, onChange }: TypedNumberProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? formatNumber(setting, value);
  const take = (): void => {
    const typed = draft === null ? undefined : readTyped(setting, draft);
    setDraft(null);
    if (typed !== undefined && typed !== value) onChange(typed);
  };
  return (
    <input
      className={styles.value}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      style={{ width: `calc(${String(shown.length)}ch + 2 * var(--space-1) + 2px)` }}
      aria-label={`${setting.label}, exact value`}
      value={shown}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
