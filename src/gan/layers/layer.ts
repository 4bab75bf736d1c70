/** What every layer is: the contract behind the table. It must not know any layer in particular. */
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Activation } from "../../engine/operations/activations.ts";
import type { DropoutMasks } from "../../engine/operations/dropout.ts";
import type { LayerConfig, LayerType } from "../config.ts";

/** Shape of one item, without the batch. */
export type Shape = readonly number[];

export type LayerConfigs = { readonly [Type in LayerType]: Extract<LayerConfig, { readonly type: Type }> };

export type Initializer = "glorotUniform" | "normal" | "zeros" | "ones";

export interface ParameterSpec {
  /** Its name within the layer, as in Keras: kernel, bias, gamma, beta, movingMean, movingVariance; u and v of a spectral norm. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** Whether an optimiser moves it; running statistics and singular vectors move by themselves. */
  readonly trainable: boolean;
}

/** How a pass through a network is made. */
export interface ForwardContext {
  readonly training: boolean;
  /** How many batches the input holds, one after the other; what looks across a batch must see each alone. */
  readonly batches: number;
  /** The layer's dropout masks in this pass, one for each batch; null where the pass is not for training. */
  readonly dropoutMasks: DropoutMasks | null;
}

export interface Layer {
  readonly outputShape: Shape;
  readonly parameters: readonly ParameterSpec[];
  /** The function that the layer is, where it is nothing else: the layer before may take it into its own kernel. */
  readonly activation?: Activation;
  /** Whether `forward` applies the activation that it is given. */
  readonly takesActivation?: true;
  /** What it does once before every update of its own network, and several times at the start, to weights that change in place. */
  advance?(weight: (name: string) => Variable): void;
  /** [batch, ...inputShape] → [batch, ...outputShape]. `weight` finds a parameter of this layer by its name. */
  forward(x: Tensor, weight: (name: string) => Variable, context: ForwardContext, activation: Activation): Tensor;
}

/** Makes a layer for inputs of a shape, or throws a ShapeError. */
export type LayerRule<Type extends LayerType> = (config: LayerConfigs[Type], inputShape: Shape) => Layer;

/** An input that a layer cannot take. The message goes on after "it": "needs …, because …". */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The shape as [height, width, channels], or a ShapeError. */
export function imageShape(shape: Shape): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new ShapeError("needs images of shape [height, width, channels]; put a reshape layer before it");
  }
  return [height, width, channels];
}
