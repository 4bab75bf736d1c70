/** Latents as tensors, drawn on the device where it can. It must not know what is made of them. */
import { add, mean, mul, rsqrt, square, sub, tidy, type Tensor2D } from "@tensorflow/tfjs-core";
import { randomLatents, randomNumbers, type LiveRandomKey } from "../engine/operations/randomDraws.ts";
import type { LatentSpace } from "../shared/latents.ts";
import type { RandomKey } from "../shared/random.ts";

/** Keeps a latent of zeros, which has no direction, from becoming no number at all. */
const SMALLEST_SQUARE = 1e-20;

/** `count` latents of a distribution, [count, latentDim]; each number is the one that the host would draw. The caller frees them. */
export function drawLatents(
  key: RandomKey | LiveRandomKey,
  count: number,
  { latentDim, latentDistribution }: LatentSpace,
): Tensor2D {
  switch (latentDistribution) {
    case "normal":
      return randomLatents(key, count, latentDim);
    case "uniform":
      return tidy(() => sub<Tensor2D>(mul(randomNumbers("uniform", key, [count, latentDim]), 2), 1));
    case "spherical":
      return tidy(() => {
        const z = randomLatents(key, count, latentDim);
        return mul<Tensor2D>(z, rsqrt(add(mean(square(z), 1, true), SMALLEST_SQUARE)));
      });
    default:
      return latentDistribution satisfies never;
  }
}
