/** A number for every layer that learns, as bars on one scale. It knows no step. */
import type { CSSProperties } from "react";
import type { Phase } from "../../gan/config.ts";
import styles from "./LayerBars.module.css";

interface LayerRow {
  readonly index: number;
  readonly type: string;
  readonly value: number;
  /** What the value is a part of. */
  readonly of?: number;
}

interface LayerBarsProps {
  readonly name: string;
  readonly player: Phase;
  readonly rows: readonly LayerRow[];
}

export function LayerBars({ name, player, rows }: LayerBarsProps) {
  const most = Math.max(...rows.map(({ value }) => value));
  return (
    <table className={styles.layers} aria-label={name} data-player={player}>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col" colSpan={2}>
            {name}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ index, type, value, of }) => (
          <tr key={index}>
            <th scope="row">
              {index} {type}
            </th>
            <td className={styles.room}>
              <div className={styles.bar} style={{ "--share": most > 0 ? value / most : 0 } as CSSProperties} />
            </td>
            <td className={styles.number}>
              {formatLength(value)}
              {of !== undefined && of > 0 && ` (${((100 * value) / of).toPrecision(2)} %)`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Lengths of gradients span many powers of ten. */
function formatLength(value: number): string {
  return value !== 0 && (value < 0.001 || value >= 1000) ? value.toExponential(1) : value.toPrecision(3);
}
