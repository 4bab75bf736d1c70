/** Layer by layer: the maps of one image, the first filters, and how active every layer is. It knows what is asked, not how. */
import { useLayerSight } from "../context.ts";
import styles from "../explore/Tool.module.css";
import { ActivityTable } from "./ActivityTable.tsx";
import { FirstFilters } from "./FirstFilters.tsx";
import { LayerMaps } from "./LayerMaps.tsx";
import layerStyles from "./LayerPanel.module.css";

export function LayerPanel() {
  const refusal = useLayerSight((state) => state.refusal);
  return (
    <section aria-label="Layer by layer" className={styles.tool}>
      <h3 className={styles.title}>Layer by layer</h3>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      <div className={layerStyles.parts}>
        <LayerMaps />
        <ActivityTable />
        <FirstFilters />
      </div>
    </section>
  );
}
