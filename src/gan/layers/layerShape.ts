/**
 * What a layer makes of a shape, and what that costs: the contract behind the table of shapes. Nothing here or in any
 * shape rule touches a tensor, so that the page can ask while a network is being built.
 */
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

export interface LayerShape {
  readonly outputShape: Shape;
  readonly parameters: readonly ParameterSpec[];
  /** Those of the matrix products and convolutions of one item's pass, which are nearly all of its work. */
  readonly multiplyAdds: number;
}

/** What a layer makes of inputs of a shape. Throws a ShapeError where it cannot take them. */
export type ShapeRule<Type extends LayerType> = (config: LayerConfigs[Type], inputShape: Shape) => LayerShape;

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

/** The rule of layers that change numbers in place: the same shape out as in, no parameters, hardly any work. */
export function sameShape(inputShape: Shape): LayerShape {
  return { outputShape: inputShape, parameters: [], multiplyAdds: 0 };
}
