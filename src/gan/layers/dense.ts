/** The fully connected layer. */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { dense as denseOperation } from "../../engine/operations/dense.ts";
import { denseShape } from "./dense.shape.ts";
import type { LayerRule } from "./layer.ts";
import { linearWeights } from "./linearWeights.ts";

export const dense: LayerRule<"dense"> = (config, inputShape) => {
  const shape = denseShape(config, inputShape);
  const { kernel, bias, ...weights } = linearWeights(shape, 1, config);
  return {
    ...shape,
    ...weights,
    kernel,
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      denseOperation(x as Tensor2D, kernel(weight) as Tensor2D, bias(weight), activation),
  };
};
