/** What the batch normalisation layer makes of a shape. */
import { present } from "../../shared/invariant.ts";
import { sameShape, type ShapeRule } from "./layerShape.ts";

/** Any shape → the same; one gamma, beta, movingMean and movingVariance for each channel of the last axis. */
export const batchNormShape: ShapeRule<"batchNorm"> = (_config, inputShape) => {
  const shape = [present(inputShape.at(-1), "the channel dimension")];
  return {
    ...sameShape(inputShape),
    parameters: [
      { name: "gamma", shape, initializer: "ones", trainable: true },
      { name: "beta", shape, initializer: "zeros", trainable: true },
      { name: "movingMean", shape, initializer: "zeros", trainable: false },
      { name: "movingVariance", shape, initializer: "ones", trainable: false },
    ],
  };
};
