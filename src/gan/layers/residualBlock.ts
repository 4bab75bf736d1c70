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
import type { ForwardContext, Layer, LayerRule } from "./layer.ts";
import { FACTOR, partsOf, residualBlockShape } from "./residualBlock.shape.ts";

const RELU: Activation = { type: "reLU" };

export const residualBlock: LayerRule<"residualBlock"> = (config, inputShape) => {
  const given = partsOf(config, inputShape);
  const parts: Parts = {
    norm1: given.norm1 && batchNorm(given.norm1.config, given.norm1.inputShape),
    conv1: conv2d(given.conv1.config, given.conv1.inputShape),
    norm2: given.norm2 && batchNorm(given.norm2.config, given.norm2.inputShape),
    conv2: conv2d(given.conv2.config, given.conv2.inputShape),
    shortcut: given.shortcut && conv2d(given.shortcut.config, given.shortcut.inputShape),
  };
  return {
    ...residualBlockShape(config, inputShape),
    advance: (weight) => {
      for (const [part, layer] of Object.entries<Layer | null>({ ...parts })) {
        layer?.advance?.((name) => weight(`${part}.${name}`));
      }
    },
    forward: (x, weight, context) => throughBlock(x as Tensor4D, parts, config.resample, weight, context),
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
