/** The layer that makes images smaller by averaging squares of pixels. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { averagePooling2d as averagePooling2dOperation } from "../../engine/operations/averagePooling2d.ts";
import { imageShape, ShapeError, type LayerRule } from "./layer.ts";

/** [height, width, channels] → [height / poolSize, width / poolSize, channels]. */
export const averagePooling2d: LayerRule<"averagePooling2d"> = ({ poolSize }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  if (height % poolSize !== 0 || width % poolSize !== 0) {
    throw new ShapeError(
      `needs a height and a width that ${String(poolSize)} divides, because its squares may not overlap`,
    );
  }
  return {
    outputShape: [height / poolSize, width / poolSize, channels],
    parameters: [],
    forward: (x) => averagePooling2dOperation(x as Tensor4D, poolSize),
  };
};
