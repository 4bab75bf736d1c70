/** Layer normalisation (Ba, Kiros and Hinton 2016) over the last axis, as in Keras, and its portable twin. */
import { add, mul, reshape, type Tensor } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { severalFused } from "../kernels.ts";
import { activate, type Activation } from "./activations.ts";
import { standardize } from "./standardize.ts";

/** [batch, …, features] → the same shape; gamma and beta are [features]. */
export function layerNorm(x: Tensor, gamma: Tensor, beta: Tensor, activation: Activation): Tensor {
  // Beside y come the statistics that its gradient needs: mean and 1 / deviation, [rows, 2].
  const [output] = severalFused("DuelLayerNorm", { x, gamma, beta }, { activation }) ?? [];
  if (output !== undefined) return output;
  const features = present(x.shape.at(-1), "the feature dimension");
  const standardized = standardize(reshape(x, [x.size / features, features]), 1);
  return activate(reshape(add(mul(standardized, gamma), beta), x.shape), activation);
}
