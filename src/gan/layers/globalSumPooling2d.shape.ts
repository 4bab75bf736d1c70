/** What the layer that adds up each channel makes of a shape. */
import { imageShape, type ShapeRule } from "./layerShape.ts";

/** [height, width, channels] → [channels]. */
export const globalSumPooling2dShape: ShapeRule<"globalSumPooling2d"> = (_config, inputShape) => {
  const [, , channels] = imageShape(inputShape);
  return { outputShape: [channels], parameters: [], multiplyAdds: 0 };
};
