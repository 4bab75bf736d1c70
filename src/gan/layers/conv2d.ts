/** The convolutional layer, padding "same". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { conv2d as conv2dOperation } from "../../engine/operations/conv2d.ts";
import { conv2dShape } from "./conv2d.shape.ts";
import type { LayerRule } from "./layer.ts";
import { linearWeights } from "./linearWeights.ts";

export const conv2d: LayerRule<"conv2d"> = (config, inputShape) => {
  const shape = conv2dShape(config, inputShape);
  const { kernel, bias, ...weights } = linearWeights(shape, 3, config);
  return {
    ...shape,
    ...weights,
    kernel,
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      conv2dOperation(x as Tensor4D, kernel(weight) as Tensor4D, bias(weight), config.strides, activation),
  };
};
