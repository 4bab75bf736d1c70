/** The layer that enlarges images by repeating pixels. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { upSampling2d as upSampling2dOperation } from "../../engine/operations/upSampling2d.ts";
import { imageShape, type LayerRule } from "./layer.ts";

/** [height, width, channels] → [height · size, width · size, channels]. */
export const upSampling2d: LayerRule<"upSampling2d"> = ({ size }, inputShape) => {
  const [height, width, channels] = imageShape(inputShape);
  return {
    outputShape: [height * size, width * size, channels],
    parameters: [],
    forward: (x) => upSampling2dOperation(x as Tensor4D, size),
  };
};
