/** The layer normalisation layer. */
import { layerNorm as layerNormOperation } from "../../engine/operations/layerNorm.ts";
import type { LayerRule } from "./layer.ts";
import { layerNormShape } from "./layerNorm.shape.ts";

export const layerNorm: LayerRule<"layerNorm"> = (config, inputShape) => ({
  ...layerNormShape(config, inputShape),
  takesActivation: true,
  forward: (x, weight, _context, activation) => layerNormOperation(x, weight("gamma"), weight("beta"), activation),
});
