/** What the activation layers share: the same shape out as in, and no parameters. */
import { activate, type Activation } from "../../engine/operations/activations.ts";
import type { Layer, Shape } from "./layer.ts";

export function activationLayer(activation: Activation, inputShape: Shape): Layer {
  return { outputShape: inputShape, parameters: [], activation, forward: (x) => activate(x, activation) };
}
