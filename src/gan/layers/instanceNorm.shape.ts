/** What the instance normalisation layer makes of a shape. */
import { imageShape, sameShape, type ShapeRule } from "./layerShape.ts";

/** [height, width, channels] → the same; one gamma and beta for each channel. */
export const instanceNormShape: ShapeRule<"instanceNorm"> = (_config, inputShape) => {
  const [, , channels] = imageShape(inputShape);
  return {
    ...sameShape(inputShape),
    parameters: [
      { name: "gamma", shape: [channels], initializer: "ones", trainable: true },
      { name: "beta", shape: [channels], initializer: "zeros", trainable: true },
    ],
  };
};
