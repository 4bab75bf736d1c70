/** What the layer that enlarges images makes of a shape. */
import { imageShape, type ShapeRule } from "./layerShape.ts";

/** [height, width, channels] → [height · size, width · size, channels]. */
export const upSampling2dShape: ShapeRule<"upSampling2d"> = ({ size }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  return { outputShape: [height * size, width * size, channels], parameters: [], multiplyAdds: 0 };
};
