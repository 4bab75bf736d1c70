/** A grid of images in which every cell is a button: one tab stop, and arrow keys within. It knows images and cells. */
import type { ImageBatch } from "../../worker/protocol.ts";
import { useArrowWalk } from "../controls/useArrowWalk.ts";
import { gridLayout } from "../duel/pixels.ts";
import styles from "./CellGrid.module.css";
import { Picture } from "./Picture.tsx";

interface CellGridProps {
  readonly name: string;
  readonly images: ImageBatch;
  /** The accessible name of a cell. */
  readonly nameOf: (cell: number) => string;
  readonly onPress: (cell: number) => void;
  readonly disabled?: boolean;
}

export function CellGrid({ name, images, nameOf, onPress, disabled = false }: CellGridProps) {
  const { columns, rows } = gridLayout(images);
  const { group, onKeyDown, tabIndexOf, stopAt } = useArrowWalk(images.count, columns);
  return (
    <div className={styles.frame}>
      <Picture name="" images={images} />
      {/* The arrows walk from cell to cell here, and step the run nowhere. */}
      <div
        ref={group}
        role="application"
        aria-label={name}
        className={styles.cells}
        style={{ gridTemplate: `repeat(${String(rows)}, 1fr) / repeat(${String(columns)}, 1fr)` }}
        onKeyDown={onKeyDown}
      >
        {Array.from({ length: images.count }, (_, cell) => (
          <button
            key={cell}
            type="button"
            className={styles.cell}
            disabled={disabled}
            aria-label={nameOf(cell)}
            tabIndex={tabIndexOf(cell)}
            onClick={() => {
              stopAt(cell);
              onPress(cell);
            }}
          />
        ))}
      </div>
    </div>
  );
}
