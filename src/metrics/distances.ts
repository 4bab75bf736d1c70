/** Distances between rows of features, and how far each row's neighbours are. It must not know what is real and what fake. */
import { invariant } from "../shared/invariant.ts";
import type { Rows } from "./rows.ts";
import type { Work } from "./work.ts";

/** Squared distances computed between two pauses: a few milliseconds. */
const PORTION = 32_768;

/** Squared Euclidean distances, [left.count, right.count]. */
export function* squaredDistances(left: Rows, right: Rows): Work<Rows> {
  const { width } = left;
  invariant(right.width === width, "features of another width");
  const values = new Float32Array(left.count * right.count);
  const rowsAtOnce = Math.ceil(PORTION / Math.max(1, right.count));
  for (let first = 0; first < left.count; first += rowsAtOnce) {
    const end = Math.min(first + rowsAtOnce, left.count);
    for (let row = first; row < end; row++) measureRow(left, right, row, values);
    yield;
  }
  return { count: left.count, width: right.count, values };
}

function measureRow(left: Rows, right: Rows, row: number, into: Float32Array): void {
  const { width } = left;
  for (let other = 0; other < right.count; other++) {
    let sum = 0;
    for (let index = 0; index < width; index++) {
      const difference = (left.values[row * width + index] ?? NaN) - (right.values[other * width + index] ?? NaN);
      sum += difference * difference;
    }
    into[row * right.count + other] = sum;
  }
}

/** Of a matrix of distances among the same rows: how far the k-th nearest other one is from each. */
export function neighbourDistances(within: Rows, k: number): Float32Array {
  invariant(within.count === within.width && k < within.count, `${k} neighbours among ${within.count} rows`);
  // The row itself comes first, at distance 0.
  return Float32Array.from({ length: within.count }, (_, row) => nthSmallest(within, row, k));
}

/** The n-th smallest number of a row, counted from 0: by insertion into the few smallest so far, as n is small. */
function nthSmallest({ width, values }: Rows, row: number, n: number): number {
  const smallest = new Float32Array(n + 1).fill(Infinity);
  for (let column = 0; column < width; column++) {
    const value = values[row * width + column] ?? NaN;
    if (value >= (smallest[n] ?? NaN)) continue;
    let place = n;
    for (; place > 0 && (smallest[place - 1] ?? NaN) > value; place--) smallest[place] = smallest[place - 1] ?? NaN;
    smallest[place] = value;
  }
  return smallest[n] ?? NaN;
}
