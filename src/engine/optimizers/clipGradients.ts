/** Gradients held to a length (Pascanu, Mikolov and Bengio 2013, algorithm 1). It must not know what they are for. */
import { add, div, minimum, mul, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import { liveScalar } from "../operations/liveScalar.ts";
import type { LiveNumbers } from "../liveNumbers.ts";
import type { CLIP_LIVE } from "./clipWeights.ts";

/** What PyTorch adds to the norm before it divides. */
const EPSILON = 1e-6;

/**
 * All gradients by one factor, min(1, limit / (norm + ε)), so that together they are no longer than the limit and keep their
 * direction. `norm` is that of all of them.
 */
export function clipGradients(
  gradients: readonly Tensor[],
  norm: Scalar,
  live: LiveNumbers<keyof typeof CLIP_LIVE>,
): readonly Tensor[] {
  const factor = minimum(div(liveScalar(live, "limit"), add(norm, EPSILON)), 1);
  return gradients.map((gradient) => mul(gradient, factor));
}
