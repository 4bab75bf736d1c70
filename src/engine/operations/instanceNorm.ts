/** Instance normalisation (Ulyanov, Vedaldi and Lempitsky 2016): each channel of each image by itself, and its portable twin. */
import { add, mul, reshape, type Tensor, type Tensor3D } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { severalFused } from "../kernels.ts";
import { activate, type Activation } from "./activations.ts";
import { standardize } from "./standardize.ts";

/** [batch, …, channels] → the same shape; gamma and beta are [channels]. It does the same in training and afterwards. */
export function instanceNorm(x: Tensor, gamma: Tensor, beta: Tensor, activation: Activation): Tensor {
  // Beside y come the statistics that its gradient needs.
  const [output] = severalFused("DuelInstanceNorm", { x, gamma, beta }, { activation }) ?? [];
  if (output !== undefined) return output;
  const [batch = 1] = x.shape;
  const channels = present(x.shape.at(-1), "the channel dimension");
  const items: Tensor3D = reshape(x, [batch, x.size / batch / channels, channels]);
  return activate(reshape(add(mul(standardize(items, 1), gamma), beta), x.shape), activation);
}
