/** How rules read a run's measurements: the last stretch of it, its beginning, and what is typical there. Pure numbers. */
import { present } from "../../shared/invariant.ts";
import type { History, MeasurementColumn } from "../../worker/protocol.ts";

/** Before that a run has just begun, and most of what looks ill passes by itself. */
export const FIRST_JUDGED_STEP = 100;
/** The last stretch is so many steps long, or a tenth of the run, whichever is more: a long run has few rows of each step. */
const LAST_STEPS = 100;
const LAST_SHARE = 0.1;
/** The beginning, for what changes in the course of a run. */
const EARLY_STEPS = 50;
/** Fewer numbers have nothing typical. */
const FEWEST = 4;

/** Steps that the last stretch of a run reaches back. */
export function lastStretch(step: number): number {
  return Math.max(LAST_STEPS, Math.ceil(step * LAST_SHARE));
}

/** The numbers of the last stretch, in their order; none where there are too few. */
export function lastValues(history: History, column: MeasurementColumn): readonly number[] {
  const last = history.step.at(-1) ?? 0;
  return valuesWithin(history, column, last - lastStretch(last) + 1, last);
}

/** The typical number of the last stretch; null where there are too few. */
export function lastTypical(history: History, column: MeasurementColumn): number | null {
  return medianOf(lastValues(history, column));
}

/** The typical number of the beginning. */
export function earlyTypical(history: History, column: MeasurementColumn): number | null {
  return medianOf(valuesWithin(history, column, 1, EARLY_STEPS));
}

/** The number below which that share of some lies; there must be at least one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return present(sorted[Math.round(share * (sorted.length - 1))], "a quantile of something");
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : quantile(values, 0.5);
}

function valuesWithin(history: History, column: MeasurementColumn, from: number, to: number): readonly number[] {
  const values = Array.from(history[column]).filter((value, row) => {
    const step = history.step[row] ?? 0;
    return step >= from && step <= to && Number.isFinite(value);
  });
  return values.length < FEWEST ? [] : values;
}
