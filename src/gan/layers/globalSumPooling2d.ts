/** The layer that adds up each channel over the whole image: what a residual discriminator ends in. */
import { reshape, sum } from "@tensorflow/tfjs-core";
import { globalSumPooling2dShape } from "./globalSumPooling2d.shape.ts";
import type { LayerRule } from "./layer.ts";
import { imageShape } from "./layerShape.ts";

export const globalSumPooling2d: LayerRule<"globalSumPooling2d"> = (config, inputShape) => {
  const shape = globalSumPooling2dShape(config, inputShape);
  const [height, width, channels] = imageShape(inputShape);
  return { ...shape, forward: (x) => sum(reshape(x, [-1, height * width, channels]), 1) };
};
