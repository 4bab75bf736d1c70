/** The layer normalisation layer. */
import { layerNorm as layerNormOperation } from "../../engine/operations/layerNorm.ts";
import { present } from "../../shared/invariant.ts";
import type { LayerRule } from "./layer.ts";

/** Any shape → the same; one gamma and beta for each feature of the last axis. */
export const layerNorm: LayerRule<"layerNorm"> = (_config, inputShape) => {
  const shape = [present(inputShape.at(-1), "the feature dimension")];
  return {
    outputShape: inputShape,
    parameters: [
      { name: "gamma", shape, initializer: "ones", trainable: true },
      { name: "beta", shape, initializer: "zeros", trainable: true },
    ],
    takesActivation: true,
    forward: (x, weight, _context, activation) => layerNormOperation(x, weight("gamma"), weight("beta"), activation),
  };
};
