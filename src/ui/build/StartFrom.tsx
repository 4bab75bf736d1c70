/** What networks are built for, and whole pairs of them to begin with. It knows the templates and the builder. */
import { TEMPLATE_NAMES, TEMPLATES } from "../../gan/templates.ts";
import type { DataSetName } from "../../gan/config.ts";
import { useDuel } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Select } from "../controls/Select.tsx";
import styles from "./BuildPlace.module.css";
import { isDataSetName, isTriedShape, shapeOf, shapeOptions, type TriedShape } from "./shapeChoices.ts";

interface StartFromProps {
  readonly choice: DataSetName | TriedShape;
  readonly onTry: (choice: DataSetName | TriedShape) => void;
  readonly announce: (text: string) => void;
}

export function StartFrom({ choice, onTry, announce }: StartFromProps) {
  const { builder } = useDuel();
  const dataShape = shapeOf(choice);
  const choose = (value: string): void => {
    if (isTriedShape(value)) onTry(value);
    if (!isDataSetName(value)) return;
    onTry(value);
    builder.chooseDataSet(value);
  };
  return (
    <div className={styles.tools}>
      <div className={styles.group}>
        <span className={styles.label}>Data</span>
        <div className={styles.data}>
          <Select name="Data" value={choice} options={shapeOptions()} onChange={choose} />
        </div>
      </div>
      <div className={styles.group} role="group" aria-label="Start from">
        <span className={styles.label}>Start from</span>
        {TEMPLATE_NAMES.map((name) => (
          <Button
            key={name}
            title={TEMPLATES[name].help}
            disabled={TEMPLATES[name].imagesOnly && dataShape.length !== 3}
            onClick={() => {
              builder.change(TEMPLATES[name].make(dataShape));
              announce(`Networks of the template ${TEMPLATES[name].label}.`);
            }}
          >
            {TEMPLATES[name].label}
          </Button>
        ))}
        <Button
          title="Takes all layers away."
          onClick={() => {
            builder.change({ ...builder.store.getState().design, generator: [], discriminator: [] });
            announce("Both networks are empty.");
          }}
        >
          Nothing
        </Button>
      </div>
    </div>
  );
}
