/** The layer that gives an item another shape of the same size. */
import { reshape as tfReshape } from "@tensorflow/tfjs-core";
import type { LayerRule } from "./layer.ts";
import { reshapeShape } from "./reshape.shape.ts";

export const reshape: LayerRule<"reshape"> = (config, inputShape) => {
  const shape = reshapeShape(config, inputShape);
  return { ...shape, forward: (x) => tfReshape(x, [-1, ...shape.outputShape]) };
};
