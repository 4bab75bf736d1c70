/** What the layer that lays an item's numbers in one row makes of a shape. */
import { sizeOf, type ShapeRule } from "./layerShape.ts";

/** Any shape → [size]. */
export const flattenShape: ShapeRule<"flatten"> = (_config, inputShape) => ({
  outputShape: [sizeOf(inputShape)],
  parameters: [],
  multiplyAdds: 0,
});
