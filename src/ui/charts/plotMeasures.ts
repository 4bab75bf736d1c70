/** How large a plot and its parts are, in pixels of the page, and where a step stands in it. It knows no components. */
import type { ChartRow } from "./rows.ts";

export const PLOT = {
  height: 196,
  /** The last step's label is centred under the right edge: half of six digits has room there. */
  margin: { top: 6, right: 22, bottom: 0, left: 0 },
  /** Room for the numbers beside the plot, and for the steps below it. */
  valuesWidth: 50,
  stepsHeight: 30,
} as const;

/** Where a step stands between the first and the last, from 0 to 1; in the middle, where there is one step only. */
export function shareOf(rows: readonly ChartRow[], step: number): number {
  const [first, last] = [rows[0]?.step ?? 0, rows.at(-1)?.step ?? 0];
  return last > first ? (step - first) / (last - first) : 0.5;
}

/** The place in `rows`, whose steps rise, of the one whose step is nearest; −1 where there are none. */
export function nearestRow(rows: readonly ChartRow[], step: number): number {
  const distanceAt = (place: number) => Math.abs((rows[place]?.step ?? Infinity) - step);
  return rows.reduce(
    (nearest, _, place) => (distanceAt(place) < distanceAt(nearest) ? place : nearest),
    rows.length > 0 ? 0 : -1,
  );
}

/** The step at so many pixels from the left edge of a plot that is so wide; beyond the ends it is theirs. */
export function stepAt(rows: readonly ChartRow[], left: number, width: number): number {
  const [first, last] = [rows[0]?.step ?? 0, rows.at(-1)?.step ?? 0];
  const share = (left - PLOT.valuesWidth) / (width - PLOT.valuesWidth - PLOT.margin.right);
  return first + Math.min(1, Math.max(0, share)) * (last - first);
}
