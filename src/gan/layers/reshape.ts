/** The layer that gives an item another shape of the same size. */
import { reshape as tfReshape } from "@tensorflow/tfjs-core";
import { formatShape, ShapeError, sizeOf, type LayerRule } from "./layer.ts";

/** Any shape → targetShape. */
export const reshape: LayerRule<"reshape"> = ({ targetShape }, inputShape) => {
  const needed = sizeOf(targetShape);
  if (sizeOf(inputShape) !== needed) {
    throw new ShapeError(
      `needs ${String(needed)} numbers for ${formatShape(targetShape)}, not ${String(sizeOf(inputShape))}`,
    );
  }
  return { outputShape: targetShape, parameters: [], forward: (x) => tfReshape(x, [-1, ...targetShape]) };
};
