/** The mean of a few numbers and how far they lie apart. It must not know what was measured. */
import { invariant } from "../shared/invariant.ts";

export interface Spread {
  readonly mean: number;
  /** The standard deviation of one number, unbiased: divided by one less than the count. */
  readonly deviation: number;
}

/** Of at least two numbers. */
export function spreadOf(values: readonly number[]): Spread {
  invariant(values.length > 1, "a spread needs two numbers");
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
