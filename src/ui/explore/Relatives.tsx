/** More like this: relatives of what is looked at, of which one is picked, and so on. */
import { Dna } from "lucide-react";
import { useMemo } from "react";
import type { ImageBatch } from "../../worker/protocol.ts";
import { useDuel, useExplorer } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { CellGrid } from "./CellGrid.tsx";
import { SavePng } from "./SavePng.tsx";
import styles from "./Tool.module.css";

export function Relatives() {
  const { explorer } = useDuel();
  const relatives = useExplorer((state) => state.relatives);
  const generation = useExplorer((state) => state.generation);
  const images = useMemo(() => relatives && inRows(relatives.images), [relatives]);
  const hasParent = useExplorer((state) => state.anchor !== null);
  return (
    <section aria-label="More like this" className={styles.tool}>
      <h3 className={styles.title}>More like this</h3>
      <p className={styles.hint}>Pick the relative you like best; its own relatives come next.</p>
      <div className={styles.row}>
        <Button
          disabled={!hasParent}
          onClick={() => {
            explorer.breed();
          }}
        >
          <Dna size={14} aria-hidden="true" />
          Show relatives
        </Button>
        {generation > 0 && <span className={styles.caption}>generation {generation}</span>}
      </div>
      {images !== null && (
        <>
          <CellGrid
            name="Relatives"
            images={images}
            nameOf={(index) => `Pick relative ${String(index + 1)}`}
            onPress={(index) => {
              explorer.pick(index);
            }}
          />
          <div className={styles.row}>
            <SavePng label="Save relatives as PNG" images={images} file="duel-relatives.png" />
          </div>
        </>
      )}
    </section>
  );
}

const COLUMNS = 4;

function inRows(images: ImageBatch): ImageBatch {
  return { ...images, grid: { columns: COLUMNS, rowLabels: [] } };
}
