/** The cells of the sample grid as buttons over it: looking at one shows the training image that it is most like. */
import { useId } from "react";
import { cellOf } from "../../state/lookalike.ts";
import { useDuel, useLookalike } from "../context.ts";
import { useArrowWalk } from "../controls/useArrowWalk.ts";
import { LookalikeCard } from "../quality/LookalikeCard.tsx";
import styles from "./SampleCells.module.css";

interface SampleCellsProps {
  readonly count: number;
  readonly columns: number;
}

export function SampleCells({ count, columns }: SampleCellsProps) {
  const { lookalike } = useDuel();
  const held = useLookalike((state) => state.held);
  const looked = useLookalike(cellOf);
  const card = useId();
  const rows = Math.ceil(count / columns);
  const { group, onKeyDown, tabIndexOf, stopAt } = useArrowWalk(count, columns);
  return (
    <>
      <div
        ref={group}
        // The arrows walk from cell to cell here, and step the run nowhere.
        role="application"
        aria-label="Samples and what they are most like"
        className={styles.cells}
        style={{ gridTemplate: `repeat(${String(rows)}, 1fr) / repeat(${String(columns)}, 1fr)` }}
        onKeyDown={(event) => {
          if (event.key === "Escape") lookalike.release();
          else onKeyDown(event);
        }}
      >
        {Array.from({ length: count }, (_, cell) => (
          <button
            key={cell}
            type="button"
            className={styles.cell}
            aria-label={`Sample ${String(cell + 1)}`}
            aria-pressed={held === cell}
            aria-describedby={looked === cell ? card : undefined}
            tabIndex={tabIndexOf(cell)}
            onPointerEnter={() => {
              lookalike.pass(cell);
            }}
            onPointerLeave={() => {
              lookalike.leave(cell);
            }}
            onFocus={() => {
              lookalike.pass(cell);
            }}
            onBlur={() => {
              lookalike.leave(cell);
            }}
            onClick={() => {
              stopAt(cell);
              lookalike.toggle(cell);
            }}
          />
        ))}
      </div>
      {looked !== null && (
        // Over the half of the grid in which the cell is not.
        <div id={card} className={styles.card} data-side={looked < (rows * columns) / 2 ? "bottom" : "top"}>
          <Card />
        </div>
      )}
    </>
  );
}

function Card() {
  const found = useLookalike((state) => state.found);
  const refusal = useLookalike((state) => state.refusal);
  if (refusal !== "") return <p>{refusal}</p>;
  return found === null ? <p>Looking through the training images…</p> : <LookalikeCard found={found} />;
}
