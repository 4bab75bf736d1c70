/** The patterns that the discriminator's first layer looks for. It knows numbers with a shape, and no kernel. */
import { useMemo } from "react";
import { useLayerSight } from "../context.ts";
import styles from "../explore/Tool.module.css";
import layerStyles from "./LayerPanel.module.css";
import { Sheet } from "./Sheet.tsx";
import { toned } from "./tones.ts";

export function FirstFilters() {
  const filters = useLayerSight((state) => state.filters);
  const sheet = useMemo(() => filters && toned(filters.values, filters.count, filters.shape), [filters]);
  if (filters === null || sheet === null) return null;
  const { of, count, type, layer, shape } = filters;
  return (
    <div className={layerStyles.part}>
      <h4 className={layerStyles.heading}>What the discriminator looks for first</h4>
      <figure className={layerStyles.figure}>
        <Sheet name="Filters of the first layer" toned={sheet} />
        <figcaption className={styles.hint}>
          The weights of layer {layer} ({type}), {count < of ? `the first ${String(count)} of ${String(of)}` : of}{" "}
          filters of {shape[0]} × {shape[1]} pixels. An image that is bright where a filter is light, and dark where it
          is dark, moves that filter’s number up.
        </figcaption>
      </figure>
    </div>
  );
}
