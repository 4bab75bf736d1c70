/** Which backend runs, and the choice of another. */
import { BACKENDS, isBackendChoice } from "../../engine/backends.ts";
import { useDuel, useSession } from "../context.ts";
import { Select } from "../controls/Select.tsx";
import styles from "./Bar.module.css";

const OPTIONS = [
  { value: "auto", label: "Automatic", help: "The fastest one that works here." },
  ...Object.entries(BACKENDS).map(([value, { label, help }]) => ({ value, label, help })),
];

export function BackendChooser() {
  const { session } = useDuel();
  const choice = useSession((state) => state.backendChoice);
  const backend = useSession((state) => state.backend);
  return (
    <Select
      name="Backend"
      value={choice}
      options={OPTIONS}
      onChange={(value) => {
        if (isBackendChoice(value)) session.chooseBackend(value);
      }}
    >
      <b className={styles.running}>{backend === null ? "…" : BACKENDS[backend.name].label}</b>{" "}
      <span className={styles.chosen}>{choice === "auto" ? "automatic" : "chosen"}</span>
    </Select>
  );
}
