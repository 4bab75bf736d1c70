/** The transposed convolutional layer, padding "same". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { conv2dTranspose as conv2dTransposeOperation } from "../../engine/operations/conv2dTranspose.ts";
import { conv2dTransposeShape } from "./conv2dTranspose.shape.ts";
import type { LayerRule } from "./layer.ts";
import { linearWeights } from "./linearWeights.ts";

export const conv2dTranspose: LayerRule<"conv2dTranspose"> = (config, inputShape) => {
  const shape = conv2dTransposeShape(config, inputShape);
  const { kernel, bias, ...weights } = linearWeights(shape, 2, config);
  return {
    ...shape,
    ...weights,
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      conv2dTransposeOperation(x as Tensor4D, kernel(weight) as Tensor4D, bias(weight), config.strides, activation),
  };
};
