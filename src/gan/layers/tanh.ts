/** The hyperbolic tangent, in (−1, 1): where a generator's pixels end. */
import { activationLayer } from "./activationLayer.ts";
import type { LayerRule } from "./layer.ts";

export const tanh: LayerRule<"tanh"> = (_config, inputShape) => activationLayer({ type: "tanh" }, inputShape);
