/** What the layer normalisation layer makes of a shape. */
import { present } from "../../shared/invariant.ts";
import { sameShape, type ShapeRule } from "./layerShape.ts";

/** Any shape → the same; one gamma and beta for each feature of the last axis. */
export const layerNormShape: ShapeRule<"layerNorm"> = (_config, inputShape) => {
  const shape = [present(inputShape.at(-1), "the feature dimension")];
  return {
    ...sameShape(inputShape),
    parameters: [
      { name: "gamma", shape, initializer: "ones", trainable: true },
      { name: "beta", shape, initializer: "zeros", trainable: true },
    ],
  };
};
