/** Numbers in rows of one length: features, logits, distances. It must not know what they mean. */
import { invariant } from "../shared/invariant.ts";

/** [count, width], row-major. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly values: Float32Array;
}

export function rowsOf(values: Float32Array, width: number): Rows {
  invariant(values.length % width === 0, "rows of unequal length");
  return { count: values.length / width, width, values };
}

/** The first rows, as a view. */
export function firstRows({ count, width, values }: Rows, wanted: number): Rows {
  const kept = Math.min(count, wanted);
  return { count: kept, width, values: values.subarray(0, kept * width) };
}

/** Some columns of all rows, as a copy. */
export function columnsOf({ count, width, values }: Rows, first: number, end: number): Rows {
  const kept = end - first;
  const result = new Float32Array(count * kept);
  for (let row = 0; row < count; row++) {
    result.set(values.subarray(row * width + first, row * width + end), row * kept);
  }
  return { count, width: kept, values: result };
}
