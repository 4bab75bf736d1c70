/** The transposed convolutional layer, padding "same". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { conv2dTranspose as conv2dTransposeOperation } from "../../engine/operations/conv2dTranspose.ts";
import { imageShape, type LayerRule } from "./layer.ts";
import { linearWeights } from "./linearWeights.ts";

/** [height, width, channels] → [height · strides, width · strides, filters]; kernel [size, size, filters, channels]. */
export const conv2dTranspose: LayerRule<"conv2dTranspose"> = (config, inputShape) => {
  const { filters, kernelSize, strides, ...options } = config;
  const [height, width, channels] = imageShape(inputShape);
  const { kernel, bias, ...weights } = linearWeights([kernelSize, kernelSize, filters, channels], 2, options);
  return {
    ...weights,
    outputShape: [height * strides, width * strides, filters],
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      conv2dTransposeOperation(x as Tensor4D, kernel(weight) as Tensor4D, bias(weight), strides, activation),
  };
};
