/** The convolutional layer, padding "same". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { conv2d as conv2dOperation } from "../../engine/operations/conv2d.ts";
import { imageShape, type LayerRule } from "./layer.ts";
import { linearParameters } from "./linearParameters.ts";

/** [height, width, channels] → [⌈height / strides⌉, ⌈width / strides⌉, filters]; kernel [size, size, channels, filters]. */
export const conv2d: LayerRule<"conv2d"> = ({ filters, kernelSize, strides, useBias }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  return {
    outputShape: [Math.ceil(height / strides), Math.ceil(width / strides), filters],
    parameters: linearParameters([kernelSize, kernelSize, channels, filters], filters, useBias),
    takesActivation: true,
    forward: (x, weight, _context, activation) => {
      const bias = useBias ? weight("bias") : null;
      return conv2dOperation(x as Tensor4D, weight("kernel") as Tensor4D, bias, strides, activation);
    },
  };
};
