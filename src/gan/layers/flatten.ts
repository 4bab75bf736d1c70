/** The layer that lays an item's numbers in one row. */
import { reshape } from "@tensorflow/tfjs-core";
import { flattenShape } from "./flatten.shape.ts";
import type { LayerRule } from "./layer.ts";

export const flatten: LayerRule<"flatten"> = (config, inputShape) => {
  const shape = flattenShape(config, inputShape);
  return { ...shape, forward: (x) => reshape(x, [-1, ...shape.outputShape]) };
};
