/** The transposed convolutional layer, padding "same". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { conv2dTranspose as conv2dTransposeOperation } from "../../engine/operations/conv2dTranspose.ts";
import { imageShape, type LayerRule } from "./layer.ts";
import { linearParameters } from "./linearParameters.ts";

/** [height, width, channels] → [height · strides, width · strides, filters]; kernel [size, size, filters, channels]. */
export const conv2dTranspose: LayerRule<"conv2dTranspose"> = (config, inputShape) => {
  const { filters, kernelSize, strides, useBias } = config;
  const [height, width, channels] = imageShape(inputShape);
  return {
    outputShape: [height * strides, width * strides, filters],
    parameters: linearParameters([kernelSize, kernelSize, filters, channels], filters, useBias),
    takesActivation: true,
    forward: (x, weight, _context, activation) => {
      const bias = useBias ? weight("bias") : null;
      return conv2dTransposeOperation(x as Tensor4D, weight("kernel") as Tensor4D, bias, strides, activation);
    },
  };
};
