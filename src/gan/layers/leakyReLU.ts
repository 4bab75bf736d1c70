/** The leaky rectifier: x where positive, α·x elsewhere. */
import { activationLayer } from "./activationLayer.ts";
import type { LayerRule } from "./layer.ts";

export const leakyReLU: LayerRule<"leakyReLU"> = ({ alpha }, inputShape) =>
  activationLayer({ type: "leakyReLU", alpha }, inputShape);
