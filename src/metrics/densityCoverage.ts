/** How densely samples lie among the data, and how much of the data has one nearby. It must not know features or images. */
import type { Rows } from "./rows.ts";

/** Neighbours whose distance is the radius of a ball (the paper's choice). */
export const DENSITY_NEIGHBOURS = 5;

export interface DensityCoverage {
  /** How many balls around real ones a sample lies in, over k: about 1 for real data, and not bounded by it. */
  readonly density: number;
  /** Share of the real ones that have a sample in their ball, from 0 to 1. */
  readonly coverage: number;
}

/**
 * Density and coverage (Naeem et al. 2020, equations 3 and 4), which a few outliers in either set do not spoil as they do
 * precision and recall.
 * @param between squared distances [real, samples]
 * @param realRadii squared distance of each real one to its k-th neighbour among the real ones
 */
export function densityCoverage(between: Rows, realRadii: Float32Array, k = DENSITY_NEIGHBOURS): DensityCoverage {
  const { count: real, width: samples, values } = between;
  let inside = 0;
  let covered = 0;
  for (let row = 0; row < real; row++) {
    const radius = realRadii[row] ?? NaN;
    const before = inside;
    for (let column = 0; column < samples; column++) if ((values[row * samples + column] ?? NaN) <= radius) inside += 1;
    if (inside > before) covered += 1;
  }
  return { density: inside / (k * samples), coverage: covered / real };
}
