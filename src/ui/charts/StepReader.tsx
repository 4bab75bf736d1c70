/** Reads out a plot's values at the step under the pointer, or where the arrow keys have gone. It knows rows, no run. */
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { useState } from "react";
import { formatCount } from "../../shared/counts.ts";
import { formatMeasurement } from "../numbers.ts";
import styles from "./ChartFigure.module.css";
import type { Series } from "./Plot.tsx";
import { nearestRow, shareOf, stepAt } from "./plotMeasures.ts";
import type { ChartRow } from "./rows.ts";

interface StepReaderProps {
  readonly rows: readonly ChartRow[];
  readonly series: readonly Series[];
  /** Draws the plot, with a cursor at the row that is read out. */
  readonly children: (cursor: ChartRow | null) => ReactNode;
}

/** How far along the rows a key goes. */
const MOVES: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageDown: -20,
  PageUp: 20,
  Home: -Infinity,
  End: Infinity,
};

export function StepReader({ rows, series, children }: StepReaderProps) {
  // A step, not a place among the rows: these are thinned while a run goes on.
  const [step, setStep] = useState<number | null>(null);
  const cursor = step === null ? null : (rows[nearestRow(rows, step)] ?? null);
  const follow = ({ clientX, currentTarget }: PointerEvent): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setStep(stepAt(rows, clientX - left, width));
  };
  const walk = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const place = Math.max(0, nearestRow(rows, step ?? -Infinity)) + move;
    setStep(rows[Math.min(rows.length - 1, Math.max(0, place))]?.step ?? null);
  };
  const leave = (): void => {
    setStep(null);
  };
  return (
    <div
      role="application"
      aria-roledescription="chart, read by arrow keys"
      aria-label="Values by step"
      tabIndex={0}
      className={styles.reader}
      onPointerMove={follow}
      onPointerLeave={leave}
      onFocus={() => {
        setStep((before) => before ?? rows[0]?.step ?? null);
      }}
      onBlur={leave}
      onKeyDown={walk}
    >
      {children(cursor)}
      <div aria-live="polite" className={styles.tip} data-side={sideOf(rows, cursor)}>
        {cursor !== null && (
          <>
            <p>step {formatCount(cursor.step)}</p>
            {series.map(({ column, label, player }) => (
              <p key={column} data-player={player}>
                {label} <b>{formatMeasurement(cursor[column], 4)}</b>
              </p>
            ))}
          </>
        )}
      </div>
    </div>
  );
}

/** It stands on the side of the plot where the cursor is not. */
function sideOf(rows: readonly ChartRow[], cursor: ChartRow | null): "left" | "right" | undefined {
  if (cursor === null) return undefined;
  return shareOf(rows, cursor.step) > 0.5 ? "left" : "right";
}
