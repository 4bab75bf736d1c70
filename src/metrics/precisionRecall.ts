/** How many samples look like data, and how much of the data samples reach. It must not know features or images. */
import type { Rows } from "./rows.ts";

/** Neighbours whose distance is the radius of a ball (the paper's choice). */
export const PRECISION_NEIGHBOURS = 3;

export interface PrecisionRecall {
  /** Share of samples that lie among the real ones. */
  readonly precision: number;
  /** Share of the real ones that lie among the samples. */
  readonly recall: number;
}

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, equations 1 and 2): each set is taken for the union of the balls
 * around its members that reach their k-th nearest neighbour.
 * @param between squared distances [real, samples]
 * @param realRadii squared distance of each real one to its k-th neighbour among the real ones
 * @param sampleRadii the same of the samples
 */
export function precisionRecall(between: Rows, realRadii: Float32Array, sampleRadii: Float32Array): PrecisionRecall {
  const { count: real, width: samples, values } = between;
  const isPrecise = new Uint8Array(samples);
  const isRecalled = new Uint8Array(real);
  for (let row = 0; row < real; row++) {
    const radius = realRadii[row] ?? NaN;
    for (let column = 0; column < samples; column++) {
      const distance = values[row * samples + column] ?? NaN;
      if (distance <= radius) isPrecise[column] = 1;
      if (distance <= (sampleRadii[column] ?? NaN)) isRecalled[row] = 1;
    }
  }
  return { precision: shareOf(isPrecise), recall: shareOf(isRecalled) };
}

function shareOf(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
}
