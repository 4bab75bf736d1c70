/** The fully connected layer. */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { dense as denseOperation } from "../../engine/operations/dense.ts";
import { ShapeError, type LayerRule } from "./layer.ts";
import { linearWeights } from "./linearWeights.ts";

/** [inputs] → [units]; kernel [inputs, units], bias [units]. */
export const dense: LayerRule<"dense"> = ({ units, ...options }, inputShape) => {
  const [inputs] = inputShape;
  if (inputShape.length !== 1 || inputs === undefined) {
    throw new ShapeError("needs a flat input of shape [features]; put a flatten layer before it");
  }
  const { kernel, bias, ...weights } = linearWeights([inputs, units], 1, options);
  return {
    ...weights,
    outputShape: [units],
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      denseOperation(x as Tensor2D, kernel(weight) as Tensor2D, bias(weight), activation),
  };
};
