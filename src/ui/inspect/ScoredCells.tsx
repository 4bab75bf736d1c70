/** Images with their scores beneath, each a button: one tab stop, and arrow keys within. It knows images and numbers. */
import type { CSSProperties } from "react";
import type { ScoredImages } from "../../state/ranking.ts";
import { useArrowWalk } from "../controls/useArrowWalk.ts";
import { Picture } from "../explore/Picture.tsx";
import { formatMeasurement } from "../numbers.ts";
import styles from "./ScoredCells.module.css";

interface ScoredCellsProps {
  readonly name: string;
  /** What a single image is called. */
  readonly item: string;
  readonly kind: "fake" | "real";
  readonly scored: ScoredImages;
  readonly columns: number;
  readonly onPress: (cell: number) => void;
}

export function ScoredCells({ name, item, kind, scored: { images, scores }, columns, onPress }: ScoredCellsProps) {
  const { group, onKeyDown, tabIndexOf, stopAt } = useArrowWalk(images.count, columns);
  return (
    <div
      ref={group}
      // The arrows walk from image to image here, and step the run nowhere.
      role="application"
      aria-label={name}
      className={styles.cells}
      style={{ "--columns": columns } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {scores.map((score, cell) => (
        <button
          key={cell}
          type="button"
          className={styles.cell}
          data-kind={kind}
          aria-label={`${item} ${String(cell + 1)}, score ${formatMeasurement(score, 2)}`}
          tabIndex={tabIndexOf(cell)}
          onClick={() => {
            stopAt(cell);
            onPress(cell);
          }}
        >
          <Picture name="" images={images} index={cell} />
          <span className={styles.score}>{formatMeasurement(score, 2)}</span>
        </button>
      ))}
    </div>
  );
}
