/** The layer that lays an item's numbers in one row. */
import { reshape } from "@tensorflow/tfjs-core";
import { sizeOf, type LayerRule } from "./layer.ts";

/** Any shape → [size]. */
export const flatten: LayerRule<"flatten"> = (_config, inputShape) => {
  const outputShape = [sizeOf(inputShape)];
  return { outputShape, parameters: [], forward: (x) => reshape(x, [-1, ...outputShape]) };
};
