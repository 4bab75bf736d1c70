/** What the activation layers share: the same shape out as in, and no parameters. */
import { activate, type Activation } from "../../engine/operations/activations.ts";
import type { Layer } from "./layer.ts";
import { sameShape, type Shape } from "./layerShape.ts";

export function activationLayer(activation: Activation, inputShape: Shape): Layer {
  return { ...sameShape(inputShape), activation, forward: (x) => activate(x, activation) };
}
