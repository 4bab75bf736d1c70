/** How likely latents are where they come from, for who moves them about. It must not know why they move. */
import { onSphere, type LatentDistribution, type LatentSpace } from "./latents.ts";
import type { LatentVector } from "./latentSpace.ts";

/** Keeps a latent of zeros, which has no direction, from becoming no number at all. */
const SHORTEST = 1e-6;

/**
 * How unlikely the length r of a normal latent is: r²/2 − (d − 1) log r, which is −log of the density of the length of d
 * standard normal numbers (the chi distribution) but for a constant. 0 for latents of the other distributions.
 */
export function costOfLength(z: LatentVector, distribution: LatentDistribution): number {
  if (distribution !== "normal") return 0;
  const length = Math.max(SHORTEST, Math.hypot(...z));
  return length ** 2 / 2 - (z.length - 1) * Math.log(length);
}

/** The slope of the cost of its length by each number of z. */
export function slopeOfLength(z: LatentVector, distribution: LatentDistribution): LatentVector {
  if (distribution !== "normal") return new Float32Array(z.length);
  const length = Math.max(SHORTEST, Math.hypot(...z));
  return z.map((value) => value * (1 - (z.length - 1) / length ** 2));
}

/** The nearest place that a latent can be drawn from. */
export function withinPrior(z: LatentVector, distribution: LatentDistribution): LatentVector {
  switch (distribution) {
    case "normal":
      return z;
    case "uniform":
      return z.map((value) => Math.min(1, Math.max(-1, value)));
    case "spherical":
      return onSphere(z);
    default:
      return distribution satisfies never;
  }
}

/** How far apart two latents usually are that have nothing to do with each other: the root of their mean squared distance. */
export function distanceOfStrangers({ latentDim, latentDistribution }: LatentSpace): number {
  // The variance of one number, of either latent.
  const variance = latentDistribution === "uniform" ? 1 / 3 : 1;
  return Math.sqrt(2 * variance * latentDim);
}
