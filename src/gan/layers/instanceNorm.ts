/** The instance normalisation layer. */
import { instanceNorm as instanceNormOperation } from "../../engine/operations/instanceNorm.ts";
import { instanceNormShape } from "./instanceNorm.shape.ts";
import type { LayerRule } from "./layer.ts";

export const instanceNorm: LayerRule<"instanceNorm"> = (config, inputShape) => ({
  ...instanceNormShape(config, inputShape),
  takesActivation: true,
  forward: (x, weight, _context, activation) => instanceNormOperation(x, weight("gamma"), weight("beta"), activation),
});
