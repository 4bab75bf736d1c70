/** The rectifier: max(x, 0). */
import { activationLayer } from "./activationLayer.ts";
import type { LayerRule } from "./layer.ts";

export const reLU: LayerRule<"reLU"> = (_config, inputShape) => activationLayer({ type: "reLU" }, inputShape);
