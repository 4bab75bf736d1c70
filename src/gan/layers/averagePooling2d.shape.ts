/** What the layer that averages squares of pixels makes of a shape. */
import { imageShape, ShapeError, type ShapeRule } from "./layerShape.ts";

/** [height, width, channels] → [height / poolSize, width / poolSize, channels]. */
export const averagePooling2dShape: ShapeRule<"averagePooling2d"> = ({ poolSize }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  if (height % poolSize !== 0 || width % poolSize !== 0) {
    throw new ShapeError(
      `needs a height and a width that ${String(poolSize)} divides, because its squares may not overlap`,
    );
  }
  return { outputShape: [height / poolSize, width / poolSize, channels], parameters: [], multiplyAdds: 0 };
};
