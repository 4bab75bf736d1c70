/** The convolutional layer, padding "same". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { conv2d as conv2dOperation } from "../../engine/operations/conv2d.ts";
import { imageShape, type LayerRule } from "./layer.ts";
import { linearWeights } from "./linearWeights.ts";

/** [height, width, channels] → [⌈height / strides⌉, ⌈width / strides⌉, filters]; kernel [size, size, channels, filters]. */
export const conv2d: LayerRule<"conv2d"> = ({ filters, kernelSize, strides, ...options }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  const { kernel, bias, ...weights } = linearWeights([kernelSize, kernelSize, channels, filters], 3, options);
  return {
    ...weights,
    outputShape: [Math.ceil(height / strides), Math.ceil(width / strides), filters],
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      conv2dOperation(x as Tensor4D, kernel(weight) as Tensor4D, bias(weight), strides, activation),
  };
};
