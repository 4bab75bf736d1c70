/** The dropout layer: forgets a share of its inputs while training. */
import { dropout as dropoutOperation } from "../../engine/operations/dropout.ts";
import { present } from "../../shared/invariant.ts";
import type { LayerRule } from "./layer.ts";
import { sameShape } from "./layerShape.ts";

export const dropout: LayerRule<"dropout"> = ({ rate }, inputShape) => ({
  ...sameShape(inputShape),
  forward: (x, _weight, { training, dropoutMasks }) =>
    training ? dropoutOperation(x, rate, present(dropoutMasks, "the masks of a dropout layer")) : x,
});
