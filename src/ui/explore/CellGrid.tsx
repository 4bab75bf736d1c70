/** A grid of images in which every cell is a button: one tab stop, and arrow keys within. It knows images and cells. */
import { useRef, useState, type KeyboardEvent } from "react";
import type { ImageBatch } from "../../worker/protocol.ts";
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
  const [current, setCurrent] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = current + step;
    if (next < 0 || next >= images.count) return;
    setCurrent(next);
    group.current?.querySelectorAll("button")[next]?.focus();
  };
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
        onKeyDown={walk}
      >
        {Array.from({ length: images.count }, (_, cell) => (
          <button
            key={cell}
            type="button"
            className={styles.cell}
            disabled={disabled}
            aria-label={nameOf(cell)}
            tabIndex={cell === Math.min(current, images.count - 1) ? 0 : -1}
            onClick={() => {
              setCurrent(cell);
              onPress(cell);
            }}
          />
        ))}
      </div>
    </div>
  );
}
