/** What the residual block makes of a shape: the layers that it is made of, and what each of them is given. */
import { batchNormShape } from "./batchNorm.shape.ts";
import { conv2dShape } from "./conv2d.shape.ts";
import {
  imageShape,
  ShapeError,
  type LayerConfigs,
  type LayerShape,
  type Shape,
  type ShapeRule,
} from "./layerShape.ts";

/** How much `resample` enlarges an image, or makes it smaller. */
export const FACTOR = 2;

interface Part<Type extends "batchNorm" | "conv2d"> {
  readonly config: LayerConfigs[Type];
  readonly inputShape: Shape;
}

/** The layers of a block by the names that their weights begin with. */
export interface Parts {
  readonly norm1: Part<"batchNorm"> | null;
  readonly conv1: Part<"conv2d">;
  readonly norm2: Part<"batchNorm"> | null;
  readonly conv2: Part<"conv2d">;
  readonly shortcut: Part<"conv2d"> | null;
}

/** What the block is made of, for inputs of a shape. Throws a ShapeError where it cannot take them. */
export function partsOf(config: LayerConfigs["residualBlock"], inputShape: Shape): Parts {
  const { filters, kernelSize, resample, normalization, spectralNorm } = config;
  const [height, width, channels] = imageShape(inputShape);
  if (resample === "down" && (height % FACTOR !== 0 || width % FACTOR !== 0)) {
    throw new ShapeError("needs an even height and width, because it halves them");
  }
  const inner = resample === "up" ? [height * FACTOR, width * FACTOR, channels] : inputShape;
  const middle = [...inner.slice(0, 2), filters];
  const convolution = (input: Shape, size: number, useBias: boolean): Part<"conv2d"> => ({
    config: { type: "conv2d", filters, kernelSize: size, strides: 1, useBias, spectralNorm },
    inputShape: input,
  });
  const normalize = (input: Shape): Part<"batchNorm"> | null =>
    normalization === "none" ? null : { config: { type: "batchNorm" }, inputShape: input };
  // Past the convolutions the image goes at the smaller of its two sizes.
  const passing = resample === "down" ? [height / FACTOR, width / FACTOR, channels] : inputShape;
  return {
    norm1: normalize(inputShape),
    conv1: convolution(inner, kernelSize, normalization === "none"),
    norm2: normalize(middle),
    conv2: convolution(middle, kernelSize, true),
    shortcut: channels === filters ? null : convolution(passing, 1, false),
  };
}

/**
 * [height, width, channels] → the sides doubled, halved or the same, and `filters` channels. Each convolution comes after a
 * rectifier, and after batch norm where that is wanted. Where the channels change, a convolution of one pixel leads past them.
 */
export const residualBlockShape: ShapeRule<"residualBlock"> = (config, inputShape) => {
  const parts = partsOf(config, inputShape);
  const norm = (part: Parts["norm1"]) => part && batchNormShape(part.config, part.inputShape);
  const convolution = (part: Parts["conv1"]) => conv2dShape(part.config, part.inputShape);
  const last = convolution(parts.conv2);
  const shapes: Readonly<Record<keyof Parts, LayerShape | null>> = {
    norm1: norm(parts.norm1),
    conv1: convolution(parts.conv1),
    norm2: norm(parts.norm2),
    conv2: last,
    shortcut: parts.shortcut && convolution(parts.shortcut),
  };
  const shrink = config.resample === "down" ? FACTOR : 1;
  const [height, width, channels] = imageShape(last.outputShape);
  return {
    outputShape: [height / shrink, width / shrink, channels],
    parameters: Object.entries(shapes).flatMap(([part, shape]) =>
      (shape?.parameters ?? []).map((spec) => ({ ...spec, name: `${part}.${spec.name}` })),
    ),
    multiplyAdds: Object.values(shapes).reduce((sum, shape) => sum + (shape?.multiplyAdds ?? 0), 0),
  };
};
