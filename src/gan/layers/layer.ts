/** What every layer is: the contract behind the table. It must not know any layer in particular. */
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Activation } from "../../engine/operations/activations.ts";
import type { DropoutMasks } from "../../engine/operations/dropout.ts";
import type { LayerType } from "../config.ts";
import type { LayerConfigs, LayerShape, Shape } from "./layerShape.ts";

/** How a pass through a network is made. */
export interface ForwardContext {
  readonly training: boolean;
  /** How many batches the input holds, one after the other; what looks across a batch must see each alone. */
  readonly batches: number;
  /** The layer's dropout masks in this pass, one for each batch; null where the pass is not for training. */
  readonly dropoutMasks: DropoutMasks | null;
}

export interface Layer extends LayerShape {
  /** The function that the layer is, where it is nothing else: the layer before may take it into its own kernel. */
  readonly activation?: Activation;
  /** Whether `forward` applies the activation that it is given. */
  readonly takesActivation?: true;
  /** What a layer that looks for patterns multiplies its input by: [inputs, outputs] or [height, width, inputs, outputs]. */
  kernel?(weight: (name: string) => Variable): Tensor;
  /** What it does once before every update of its own network, and several times at the start, to weights that change in place. */
  advance?(weight: (name: string) => Variable): void;
  /** [batch, ...inputShape] → [batch, ...outputShape]. `weight` finds a parameter of this layer by its name. */
  forward(x: Tensor, weight: (name: string) => Variable, context: ForwardContext, activation: Activation): Tensor;
}

/** Makes a layer for inputs of a shape, or throws a ShapeError. */
export type LayerRule<Type extends LayerType> = (config: LayerConfigs[Type], inputShape: Shape) => Layer;
