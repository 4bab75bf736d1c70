/** Numbers in the doctor's sentences. */

/** A score from 0 to 1, with two decimals. */
export function formatScore(score: number): string {
  return score.toFixed(2);
}

/** Two digits that matter: "0.012", "35", "2.0e-7". */
export function formatShort(value: number): string {
  const isPlain = value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 100_000);
  return isPlain ? String(Number(value.toPrecision(2))) : value.toExponential(1);
}

/** A share of 1 as a whole percentage. */
export function formatShare(share: number): string {
  return `${String(Math.round(100 * share))} %`;
}
