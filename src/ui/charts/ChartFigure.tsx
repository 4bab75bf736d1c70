/** A figure with lines over steps: heading, how to read it, and a legend that hides lines. It knows no run. */
import type { ReactNode } from "react";
import { useId } from "react";
import styles from "./ChartFigure.module.css";
import { Plot, type PlotProps } from "./Plot.tsx";

export type { ChartMarker, Floor, Series } from "./Plot.tsx";

interface ChartFigureProps extends PlotProps {
  readonly title: string;
  /** One sentence on how to read it. */
  readonly reading: string;
  readonly onToggle: (column: string) => void;
  /** What an empty chart says, where it is something else than usual. */
  readonly empty?: string;
  /** More controls beside the legend. */
  readonly children?: ReactNode;
}

export function ChartFigure(props: ChartFigureProps) {
  const { title, reading, series, hidden, onToggle, rows, empty, children } = props;
  const id = useId();
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {children}
      </div>
      <p className={styles.reading}>{reading}</p>
      <div className={styles.legend}>
        {series.map(({ column, label, player, dash }) => (
          <button
            key={column}
            type="button"
            data-player={player}
            aria-pressed={!hidden.includes(column)}
            onClick={() => {
              onToggle(column);
            }}
          >
            <svg width="16" height="8" aria-hidden="true">
              <line x1="0" x2="16" y1="4" y2="4" stroke={`var(--${player})`} strokeWidth="3" strokeDasharray={dash} />
            </svg>
            {label}
          </button>
        ))}
      </div>
      {rows.length === 0 ? (
        <p className={styles.empty}>{empty ?? "Nothing measured yet: train, or take a step."}</p>
      ) : (
        <Plot {...props} />
      )}
    </figure>
  );
}
