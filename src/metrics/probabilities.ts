/** From a classifier's logits to probabilities. It must not know what they are for. */
import type { Rows } from "./rows.ts";

/** softmax of one row, in double precision, stable for any logits. */
export function probabilitiesOf({ width, values }: Rows, row: number): readonly number[] {
  const logits = Array.from(values.subarray(row * width, (row + 1) * width));
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
