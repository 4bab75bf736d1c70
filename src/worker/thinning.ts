/** Thins measurements for a chart, keeping what an eye would look for. Pure: it must not know charts or runs. */
import { present } from "../shared/invariant.ts";
import { columnsBy } from "./history.ts";
import { MEASUREMENT_COLUMNS } from "./protocol.ts";
import type { History } from "./protocol.ts";

/** More points than this cost a chart more time than they show. */
export const MOST_ROWS = 400;

const SERIES = MEASUREMENT_COLUMNS.filter((column) => column !== "step");

/**
 * At most MOST_ROWS rows of a history, in their order: the first, the last, and of every bucket of rows those where any
 * series has its least or its greatest number. A shorter history is copied whole. NaN is never an extreme.
 */
export function thin(history: History): History {
  const kept = keptRows(SERIES.map((series) => history[series]));
  return columnsBy((column) => Float64Array.from(kept, (row) => present(history[column][row], "a kept row")));
}

/** The rows of some series of one length that are left of them, by the same rule. */
export function keptRows(series: readonly Float64Array[]): readonly number[] {
  const rows = series[0]?.length ?? 0;
  if (rows <= MOST_ROWS) return Array.from({ length: rows }, (_, row) => row);
  // The rows between first and last are cut into so many buckets, each of which keeps two extremes of every series.
  const buckets = Math.floor((MOST_ROWS - 2) / (2 * series.length));
  const kept = new Set([0, rows - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = Math.floor((rows * bucket) / buckets);
    const end = Math.floor((rows * (bucket + 1)) / buckets);
    for (const values of series) keepExtremes(values, first, end, kept);
  }
  return [...kept].sort((left, right) => left - right);
}

/** Adds the places of the least and the greatest number of values[first … end − 1]; the earliest of equals. */
function keepExtremes(values: Float64Array, first: number, end: number, kept: Set<number>): void {
  let least = -1;
  let greatest = -1;
  let leastValue = Infinity;
  let greatestValue = -Infinity;
  for (let index = first; index < end; index++) {
    const value = values[index] ?? NaN;
    if (value < leastValue) [least, leastValue] = [index, value];
    if (value > greatestValue) [greatest, greatestValue] = [index, value];
  }
  if (least >= 0) kept.add(least);
  if (greatest >= 0) kept.add(greatest);
}
