/** Random tensors by key: latents and interpolation weights, with their portable twins. */
import { tensor1d, tensor2d, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { normal, uniform, type RandomKey } from "../../shared/random.ts";

/** `count` latents of standard normal numbers, [count, latentDim]. */
export function randomLatents(key: RandomKey, count: number, latentDim: number): Tensor2D {
  return tensor2d(normal(key, count * latentDim), [count, latentDim]);
}

/** ε of WGAN-GP: one number in [0, 1) for each image, [count]. */
export function interpolationWeights(key: RandomKey, count: number): Tensor1D {
  return tensor1d(uniform(key, count));
}
