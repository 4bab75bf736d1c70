/** What the layer that gives an item another shape of the same size makes of one. */
import { formatShape, ShapeError, sizeOf, type ShapeRule } from "./layerShape.ts";

/** Any shape → targetShape. */
export const reshapeShape: ShapeRule<"reshape"> = ({ targetShape }, inputShape) => {
  const needed = sizeOf(targetShape);
  if (sizeOf(inputShape) !== needed) {
    throw new ShapeError(
      `needs ${String(needed)} numbers for ${formatShape(targetShape)}, not ${String(sizeOf(inputShape))}`,
    );
  }
  return { outputShape: targetShape, parameters: [], multiplyAdds: 0 };
};
