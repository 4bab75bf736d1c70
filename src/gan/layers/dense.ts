/** The fully connected layer. */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { dense as denseOperation } from "../../engine/operations/dense.ts";
import { ShapeError, type LayerRule } from "./layer.ts";
import { linearParameters } from "./linearParameters.ts";

/** [inputs] → [units]; kernel [inputs, units], bias [units]. */
export const dense: LayerRule<"dense"> = ({ units, useBias }, inputShape) => {
  const [inputs] = inputShape;
  if (inputShape.length !== 1 || inputs === undefined) {
    throw new ShapeError("needs a flat input of shape [features]; put a flatten layer before it");
  }
  return {
    outputShape: [units],
    parameters: linearParameters([inputs, units], units, useBias),
    takesActivation: true,
    forward: (x, weight, _context, activation) =>
      denseOperation(x as Tensor2D, weight("kernel") as Tensor2D, useBias ? weight("bias") : null, activation),
  };
};
