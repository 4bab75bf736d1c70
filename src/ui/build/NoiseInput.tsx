/** What the generator starts from; how many numbers, can be typed over. It knows the setting and the builder. */
import { settingAt } from "../../gan/settings.ts";
import { useBuilder, useDuel } from "../context.ts";
import { FieldInput } from "./FieldInput.tsx";
import styles from "./NetworkColumn.module.css";

export function NoiseInput() {
  const { builder } = useDuel();
  const design = useBuilder((state) => state.design);
  const setting = settingAt("latentDim");
  if (setting?.kind !== "number") return null;
  const { label, help, range } = setting;
  return (
    <div className={styles.end}>
      <FieldInput
        name={label}
        field={{ kind: "whole", label: "Gets noise z, this many numbers:", help, range }}
        value={design.latentDim}
        onChange={(value) => {
          if (typeof value === "number") builder.change({ ...design, latentDim: value }, "latentDim");
        }}
        onSettle={() => {
          builder.settle();
        }}
      />
    </div>
  );
}
