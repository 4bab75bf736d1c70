/** One field of a layer, which acts while it is typed. It knows one row of the table of fields and nothing of the builder. */
import { useId, useState } from "react";
import type { LayerField } from "../../gan/config/layerFields.ts";
import styles from "./FieldInput.module.css";
import { allowedText, formatField, readField, type FieldValue } from "./fields.ts";

interface FieldInputProps {
  /** The accessible name, which says whose field it is. */
  readonly name: string;
  readonly field: LayerField;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
  readonly onSettle: () => void;
}

export function FieldInput(props: FieldInputProps) {
  const { name, field, value, onChange } = props;
  if (field.kind === "flag") {
    return (
      <label className={styles.field} title={field.help}>
        <input
          type="checkbox"
          aria-label={name}
          checked={value === true}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
          }}
        />
        {field.label}
      </label>
    );
  }
  if (field.kind === "choice") {
    return (
      <label className={styles.field} title={field.help}>
        {field.label}
        <select
          className={styles.input}
          aria-label={name}
          value={formatField(value)}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        >
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      </label>
    );
  }
  return <TypedField {...props} />;
}

/** What is being typed, and the value that it left the field with. */
interface Draft {
  readonly text: string;
  readonly left: string;
}

/** Takes what is typed as soon as it is allowed, and goes back to what stands on leaving. */
function TypedField({ name, field, value, onChange, onSettle }: FieldInputProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const id = useId();
  // A value that came from elsewhere, as undo brings it, ends the draft.
  const typed = draft?.left === formatField(value) ? draft.text : null;
  const shown = typed ?? formatField(value);
  const isWrong = typed !== null && readField(field, typed) === undefined;
  return (
    <label className={styles.field} title={field.help}>
      {field.label}
      <input
        className={styles.input}
        aria-label={name}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? id : undefined}
        autoComplete="off"
        inputMode={field.kind === "whole" ? "numeric" : "text"}
        style={{ width: `${String(Math.max(5, shown.length) + 2)}ch` }}
        value={shown}
        onChange={(event) => {
          const text = event.currentTarget.value;
          const read = readField(field, text);
          setDraft({ text, left: formatField(read ?? value) });
          if (read !== undefined) onChange(read);
        }}
        onBlur={() => {
          setDraft(null);
          onSettle();
        }}
      />
      {isWrong && (
        <span id={id} role="alert" className={styles.wrong}>
          {allowedText(field)}
        </span>
      )}
    </label>
  );
}
