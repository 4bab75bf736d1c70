/** The logistic function, in (0, 1). */
import { activationLayer } from "./activationLayer.ts";
import type { LayerRule } from "./layer.ts";

export const sigmoid: LayerRule<"sigmoid"> = (_config, inputShape) => activationLayer({ type: "sigmoid" }, inputShape);
