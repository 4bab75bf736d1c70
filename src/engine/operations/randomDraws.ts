/** Random tensors by key, with their portable twins. */
import { tensor, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { normal, uniform, type RandomKey, type Stream } from "../../shared/random.ts";
import { drawn } from "../kernels.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";

export const DRAW_LIVE = { seed: "u32", draw: "u32" } as const satisfies LiveLayout;

/** A stream of draws whose seed and next draw are live, so that every replay of a recorded step draws anew. */
export interface LiveRandomKey {
  readonly stream: Stream;
  readonly live: LiveNumbers<keyof typeof DRAW_LIVE>;
}

/** Standard normal numbers, or numbers in [0, 1), as `src/shared/random.ts` makes them. */
const DISTRIBUTIONS = { normal, uniform } as const;

export type Distribution = keyof typeof DISTRIBUTIONS;

/** Random numbers of a shape. By a live key they are drawn on the device, where the backend has a kernel for it. */
export function randomNumbers(
  distribution: Distribution,
  key: RandomKey | LiveRandomKey,
  shape: readonly number[],
): Tensor {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const drawNow = () => DISTRIBUTIONS[distribution](keyNow(key), size);
  if ("live" in key) {
    const onDevice = drawn("DuelRandom", { distribution, stream: key.stream, shape, live: key.live });
    const fill = (values: Float32Array) => {
      values.set(drawNow());
    };
    const random = onDevice ?? drawn("DuelHostNumbers", { shape, fill });
    if (random !== null) return random;
  }
  return tensor(drawNow(), [...shape]);
}

/** `count` latents of standard normal numbers, [count, latentDim]. */
export function randomLatents(key: RandomKey | LiveRandomKey, count: number, latentDim: number): Tensor2D {
  return randomNumbers("normal", key, [count, latentDim]) as Tensor2D;
}

/** ε of WGAN-GP: one number in [0, 1) for each image, [count]. */
export function interpolationWeights(key: RandomKey | LiveRandomKey, count: number): Tensor1D {
  return randomNumbers("uniform", key, [count]) as Tensor1D;
}

function keyNow(key: RandomKey | LiveRandomKey): RandomKey {
  return "live" in key ? { stream: key.stream, ...key.live.values } : key;
}
