/** How active the layers of the chosen network are, and which share of their units says nothing. It knows tallies alone. */
import type { CSSProperties } from "react";
import { LAYER_CATALOGUE } from "../../gan/layers/catalogue.ts";
import type { Activity, LayerActivity } from "../../worker/questions/activity.question.ts";
import { useLayerSight } from "../context.ts";
import styles from "../explore/Tool.module.css";
import { formatMeasurement } from "../numbers.ts";
import layerStyles from "./LayerPanel.module.css";

export function ActivityTable() {
  const activity = useLayerSight((state) => state.activity);
  const { player, layer } = useLayerSight((state) => state.chosen);
  if (activity === null) return null;
  return (
    <div className={layerStyles.part}>
      <table className={layerStyles.activity}>
        <caption className={layerStyles.heading}>How active the {player} is</caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">Mean ± deviation</th>
            <th scope="col">Never positive</th>
          </tr>
        </thead>
        <tbody>
          {activity[player].filter(changesNumbers).map((row) => (
            <Row key={row.index} row={row} isChosen={row.index === layer} />
          ))}
        </tbody>
      </table>
      <p className={styles.hint}>
        Over {imagesOf(activity, player)}. A unit (one output, or one channel of an image) that is never positive is
        dead behind a ReLU: it says nothing, and no gradient passes through it.
      </p>
    </div>
  );
}

function Row({ row, isChosen }: { readonly row: LayerActivity; readonly isChosen: boolean }) {
  const { index, type, units, silent, mean, deviation } = row;
  return (
    <tr data-chosen={isChosen}>
      <th scope="row">
        {index} {type}
      </th>
      <td className={layerStyles.number}>
        {formatMeasurement(mean, 2)} ± {formatMeasurement(deviation, 2)}
      </td>
      <td className={layerStyles.number} data-dead={type === "reLU" && silent > 0}>
        <span className={layerStyles.share} style={{ "--share": silent / units } as CSSProperties} />
        {silent} of {units}
      </td>
    </tr>
  );
}

/** Whether it does more than lay numbers out anew, and does it here, where nothing is dropped. */
function changesNumbers({ type }: LayerActivity): boolean {
  return LAYER_CATALOGUE[type].group !== "shape" && type !== "dropout";
}

function imagesOf({ fakes, reals }: Activity, player: "generator" | "discriminator"): string {
  if (player === "generator") return `${String(fakes)} fresh latents`;
  return reals === 0
    ? `${String(fakes)} fresh fakes`
    : `the last ${String(reals)} real images and ${String(fakes)} fresh fakes`;
}
