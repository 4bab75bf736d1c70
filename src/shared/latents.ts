/** The distributions that latents are drawn from, as the host draws them. It must not know what is made of latents. */
import { normal, uniform, type RandomKey } from "./random.ts";

export const LATENT_DISTRIBUTIONS = ["normal", "uniform", "spherical"] as const;

export type LatentDistribution = (typeof LATENT_DISTRIBUTIONS)[number];

export interface LatentSpace {
  readonly latentDim: number;
  readonly latentDistribution: LatentDistribution;
}

/**
 * One latent, latentDim numbers: standard normal ones, ones spread evenly from −1 to 1, or normal ones stretched to the length
 * √latentDim, so that their mean square is that of normal ones.
 */
export function latentNumbers(
  key: RandomKey,
  { latentDim, latentDistribution }: LatentSpace,
): Float32Array<ArrayBuffer> {
  switch (latentDistribution) {
    case "normal":
      return normal(key, latentDim);
    case "uniform":
      return uniform(key, latentDim).map((number) => 2 * number - 1);
    case "spherical":
      return onSphere(normal(key, latentDim));
    default:
      return latentDistribution satisfies never;
  }
}

/** A latent in its direction with the length of √latentDim. One without a direction stays where it is. */
export function onSphere(z: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const length = Math.hypot(...z) / Math.sqrt(z.length);
  return length === 0 ? z : z.map((number) => number / length);
}
