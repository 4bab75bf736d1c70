/** A transposed convolution: conv2d's gradient used as a layer, and its portable twin. */
import { add, conv2dTranspose as tfConv2dTranspose, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import { fused } from "../kernels.ts";
import { activate, type Activation } from "./activations.ts";

/**
 * [batch, height, width, channels] with kernel [kernelSize, kernelSize, filters, channels] → [batch, height · strides,
 * width · strides, filters], "same" padding, then bias and activation.
 */
export function conv2dTranspose(
  x: Tensor4D,
  kernel: Tensor4D,
  bias: Tensor | null,
  strides: number,
  activation: Activation,
): Tensor {
  const inputs = { x, kernel, ...(bias === null ? {} : { bias }) };
  const output = fused("DuelConv2dTranspose", inputs, { strides, activation, hasBias: bias !== null });
  if (output !== null) return output;
  const [batch, height, width] = x.shape;
  const outputShape: [number, number, number, number] = [batch, height * strides, width * strides, kernel.shape[2]];
  const sum = tfConv2dTranspose(x, kernel, outputShape, strides, "same");
  return activate(bias === null ? sum : add(sum, bias), activation);
}
