/** Random tensors by key: latents and interpolation weights, with their portable twins. */
import { tensor1d, tensor2d, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { normal, uniform, type RandomKey, type Stream } from "../../shared/random.ts";
import { fused } from "../kernels.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";

export const DRAW_LIVE = { seed: "u32", draw: "u32" } as const satisfies LiveLayout;

/** A stream of draws whose seed and next draw are live, so that every replay of a recorded step draws anew. */
export interface LiveRandomKey {
  readonly stream: Stream;
  readonly live: LiveNumbers<keyof typeof DRAW_LIVE>;
}

/** `count` latents of standard normal numbers, [count, latentDim]. */
export function randomLatents(key: RandomKey | LiveRandomKey, count: number, latentDim: number): Tensor2D {
  const shape: [number, number] = [count, latentDim];
  if ("live" in key) {
    const drawn = fused("DuelRandom", {}, { distribution: "normal", stream: key.stream, shape, live: key.live });
    if (drawn !== null) return drawn as Tensor2D;
    const written = fromHost(shape, () => normal(keyNow(key), count * latentDim));
    if (written !== null) return written as Tensor2D;
  }
  return tensor2d(normal(keyNow(key), count * latentDim), shape);
}

/** ε of WGAN-GP: one number in [0, 1) for each image, [count]. */
export function interpolationWeights(key: RandomKey | LiveRandomKey, count: number): Tensor1D {
  if ("live" in key) {
    const attributes = { distribution: "uniform", stream: key.stream, shape: [count], live: key.live };
    const drawn = fused("DuelRandom", {}, attributes);
    if (drawn !== null) return drawn as Tensor1D;
    const written = fromHost([count], () => uniform(keyNow(key), count));
    if (written !== null) return written as Tensor1D;
  }
  return tensor1d(uniform(keyNow(key), count));
}

/** Numbers that the host draws, anew before every replay where the backend records what it is given. */
function fromHost(shape: readonly number[], draw: () => Float32Array): Tensor | null {
  const fill = (values: Float32Array) => {
    values.set(draw());
  };
  return fused("DuelHostNumbers", {}, { shape, fill });
}

function keyNow(key: RandomKey | LiveRandomKey): RandomKey {
  return "live" in key ? { stream: key.stream, ...key.live.values } : key;
}
