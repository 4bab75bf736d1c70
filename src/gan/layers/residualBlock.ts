/**
 * The residual block of image GANs (Gulrajani et al. 2017, appendix F; Miyato et al. 2018, appendix B.4): two convolutions
 * whose result is added to what came in. It is made of other layers, and must not know how they compute.
 */
import { add, type Tensor, type Tensor4D, type Variable } from "@tensorflow/tfjs-core";
import { activate, LINEAR, type Activation } from "../../engine/operations/activations.ts";
import { averagePooling2d } from "../../engine/operations/averagePooling2d.ts";
import { upSampling2d } from "../../engine/operations/upSampling2d.ts";
import { batchNorm } from "./batchNorm.ts";
import { conv2d } from "./conv2d.ts";
import { imageShape, ShapeError, type ForwardContext, type Layer, type LayerRule, type Shape } from "./layer.ts";

/** How much `resample` enlarges an image, or makes it smaller. */
const FACTOR = 2;
const RELU: Activation = { type: "reLU" };

/**
 * [height, width, channels] → the sides doubled, halved or the same, and `filters` channels. Each convolution comes after a
 * rectifier, and after batch norm where that is wanted. Where the channels change, a convolution of one pixel leads past them.
 */
export const residualBlock: LayerRule<"residualBlock"> = (config, inputShape) => {
  const { filters, kernelSize, resample, normalization, spectralNorm } = config;
  const [height, width, channels] = imageShape(inputShape);
  if (resample === "down" && (height % FACTOR !== 0 || width % FACTOR !== 0)) {
    throw new ShapeError("needs an even height and width, because it halves them");
  }
  const inner = resample === "up" ? enlarged(inputShape) : inputShape;
  const convolution = (input: Shape, size: number, useBias: boolean) =>
    conv2d({ type: "conv2d", filters, kernelSize: size, strides: 1, useBias, spectralNorm }, input);
  const normalize = (input: Shape) => (normalization === "none" ? null : batchNorm({ type: "batchNorm" }, input));
  const middle = [...inner.slice(0, 2), filters];
  const parts: Parts = {
    norm1: normalize(inputShape),
    conv1: convolution(inner, kernelSize, normalization === "none"),
    norm2: normalize(middle),
    conv2: convolution(middle, kernelSize, true),
    shortcut: channels === filters ? null : convolution(inputShape, 1, false),
  };
  return {
    outputShape: resample === "down" ? [height / FACTOR, width / FACTOR, filters] : middle,
    parameters: Object.entries<Layer | null>({ ...parts }).flatMap(([part, layer]) =>
      (layer?.parameters ?? []).map((spec) => ({ ...spec, name: `${part}.${spec.name}` })),
    ),
    advance: (weight) => {
      for (const [part, layer] of Object.entries<Layer | null>({ ...parts })) {
        layer?.advance?.((name) => weight(`${part}.${name}`));
      }
    },
    forward: (x, weight, context) => throughBlock(x as Tensor4D, parts, resample, weight, context),
  };
};

/** The layers of a block by the names that their weights begin with. */
interface Parts {
  readonly norm1: Layer | null;
  readonly conv1: Layer;
  readonly norm2: Layer | null;
  readonly conv2: Layer;
  readonly shortcut: Layer | null;
}

function enlarged(shape: Shape): Shape {
  const [height, width, channels] = imageShape(shape);
  return [height * FACTOR, width * FACTOR, channels];
}

function throughBlock(
  x: Tensor4D,
  parts: Parts,
  resample: "none" | "up" | "down",
  weight: (name: string) => Variable,
  context: ForwardContext,
): Tensor {
  const through = (part: keyof Parts, input: Tensor, activation: Activation): Tensor => {
    const layer = parts[part];
    if (layer === null) return activate(input, activation);
    return layer.forward(input, (name) => weight(`${part}.${name}`), context, activation);
  };
  const up = (image: Tensor): Tensor => (resample === "up" ? upSampling2d(image as Tensor4D, FACTOR) : image);
  const down = (image: Tensor): Tensor => (resample === "down" ? averagePooling2d(image as Tensor4D, FACTOR) : image);
  const first = through("conv1", up(through("norm1", x, RELU)), LINEAR);
  const residual = down(through("conv2", through("norm2", first, RELU), LINEAR));
  // A convolution of one pixel commutes with both ways of resampling, and costs least on the smaller image.
  return add(residual, up(through("shortcut", down(x), LINEAR)));
}
