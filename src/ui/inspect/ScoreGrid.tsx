/** The sample grid with a score for every cell, in the order that a person chooses. */
import { useMemo } from "react";
import { imageOf } from "../../state/imageBatches.ts";
import { ORDERS, picked, ranked, type Order } from "../../state/ranking.ts";
import { unlikeTraining } from "../../state/scores.ts";
import { useDuel, useInspector, useSession } from "../context.ts";
import { Select } from "../controls/Select.tsx";
import styles from "../explore/Tool.module.css";
import { ScoredCells } from "./ScoredCells.tsx";

const OPTIONS = [
  { value: "place", label: "As in the grid", help: "Each cell at its place, as in Train" },
  { value: "falling", label: "Most real first", help: "What the discriminator believes most comes first" },
  { value: "rising", label: "Most fake first", help: "What the discriminator sees through comes first" },
] as const satisfies readonly { readonly value: Order; readonly label: string; readonly help: string }[];

const COLUMNS = 8;

export function ScoreGrid() {
  const { inspector, lens, layerSight } = useDuel();
  const grid = useInspector((state) => state.scores?.grid ?? null);
  const order = useInspector((state) => state.order);
  const unlike = unlikeTraining(useSession((state) => state.running.discriminator));
  const places = useMemo(() => grid && ranked(grid.scores, order), [grid, order]);
  const sorted = useMemo(() => grid && places && picked(grid, places), [grid, places]);
  return (
    <section aria-label="Scored samples" className={styles.tool}>
      <h3 className={styles.title}>Samples</h3>
      <p className={styles.hint}>The score of each. Click one to put it under the lens. {unlike}</p>
      <Select
        name="Order of samples"
        value={order}
        options={OPTIONS}
        onChange={(value) => {
          inspector.sort(ORDERS.find((known) => known === value) ?? "place");
        }}
      />
      {sorted === null ? (
        <p role="status">Asking the discriminator …</p>
      ) : (
        <ScoredCells
          name="Samples"
          item="Sample"
          kind="fake"
          scored={sorted}
          columns={COLUMNS}
          onPress={(cell) => {
            lens.hold(imageOf(sorted.images, cell));
            layerSight.follow(places?.[cell] ?? 0);
          }}
        />
      )}
    </section>
  );
}
