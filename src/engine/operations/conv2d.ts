/** A convolution over images, and its portable twin. It must not know where its weights come from. */
import { add, conv2d as tfConv2d, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import { fused } from "../kernels.ts";
import { activate, type Activation } from "./activations.ts";

/**
 * activation(x ∗ kernel + bias) with "same" padding: [batch, height, width, channels] ∗ [kernelSize, kernelSize, channels,
 * filters] → [batch, ⌈height / strides⌉, ⌈width / strides⌉, filters].
 */
export function conv2d(
  x: Tensor4D,
  kernel: Tensor4D,
  bias: Tensor | null,
  strides: number,
  activation: Activation,
): Tensor {
  const inputs = { x, kernel, ...(bias === null ? {} : { bias }) };
  const output = fused("DuelConv2d", inputs, { strides, activation, hasBias: bias !== null });
  if (output !== null) return output;
  const sum = tfConv2d(x, kernel, strides, "same");
  return activate(bias === null ? sum : add(sum, bias), activation);
}
