/** The instance normalisation layer. */
import { instanceNorm as instanceNormOperation } from "../../engine/operations/instanceNorm.ts";
import { imageShape, type LayerRule } from "./layer.ts";

/** [height, width, channels] → the same; one gamma and beta for each channel. */
export const instanceNorm: LayerRule<"instanceNorm"> = (_config, inputShape) => {
  const [, , channels] = imageShape(inputShape);
  return {
    outputShape: inputShape,
    parameters: [
      { name: "gamma", shape: [channels], initializer: "ones", trainable: true },
      { name: "beta", shape: [channels], initializer: "zeros", trainable: true },
    ],
    takesActivation: true,
    forward: (x, weight, _context, activation) => instanceNormOperation(x, weight("gamma"), weight("beta"), activation),
  };
};
