/** The layer that adds up each channel over the whole image: what a residual discriminator ends in. */
import { reshape, sum } from "@tensorflow/tfjs-core";
import { imageShape, type LayerRule } from "./layer.ts";

/** [height, width, channels] → [channels]. */
export const globalSumPooling2d: LayerRule<"globalSumPooling2d"> = (_config, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  return {
    outputShape: [channels],
    parameters: [],
    forward: (x) => sum(reshape(x, [-1, height * width, channels]), 1),
  };
};
