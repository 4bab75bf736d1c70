/** What the minibatch standard deviation layer makes of a shape. */
import { present } from "../../shared/invariant.ts";
import type { ShapeRule } from "./layerShape.ts";

/** [..., features] → [..., features + 1]. */
export const minibatchStdDevShape: ShapeRule<"minibatchStdDev"> = (_config, inputShape) => {
  const features = present(inputShape.at(-1), "the feature dimension");
  return { outputShape: [...inputShape.slice(0, -1), features + 1], parameters: [], multiplyAdds: 0 };
};
