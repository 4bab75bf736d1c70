/** Whole pairs of networks to start from, for data of any shape. They say nothing of losses or optimisers. */
import type { NetworkConfig } from "./config.ts";
import { sizeOf, type Shape } from "./layers/layerShape.ts";
import type { NetworkPair } from "./networkShape.ts";

export type TemplateName = "mlp" | "dcgan" | "upsampling" | "residual";

export interface Template {
  readonly label: string;
  /** What it is good for, in one sentence. */
  readonly help: string;
  /** Whether it makes images, and so needs data of [height, width, channels]. */
  readonly imagesOnly: boolean;
  readonly make: (dataShape: Shape) => NetworkPair;
}

/** Every template, in the order of the menu. */
export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  mlp: {
    label: "Perceptrons",
    help: "Dense layers alone: quick to train, and good for points and small images.",
    imagesOnly: false,
    make: perceptrons,
  },
  dcgan: {
    label: "DCGAN",
    help: "Transposed convolutions paint images from small to large, convolutions read them back.",
    imagesOnly: true,
    make: (dataShape) => convolutional(dataShape, transposed),
  },
  upsampling: {
    label: "Upsampling and convolution",
    help: "Repeats pixels and smooths them by a convolution, which leaves no checkerboard in the image.",
    imagesOnly: true,
    make: (dataShape) => convolutional(dataShape, upsampled),
  },
  residual: {
    label: "Residual blocks",
    help: "Blocks that add what they learn to what came in, with spectral norm in the discriminator: slower steps, deeper networks.",
    imagesOnly: true,
    make: residual,
  },
};

export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as readonly TemplateName[];

const LEAKY = { type: "leakyReLU", alpha: 0.2 } as const;
const LOGIT = { type: "dense", units: 1, useBias: true } as const;

/** The classic pair on images; on points two smaller ones, whose latents are points too. */
function perceptrons(dataShape: Shape): NetworkPair {
  const isImage = dataShape.length > 1;
  const units = isImage ? [256, 512] : [64, 64];
  const hidden = (widths: readonly number[]): NetworkConfig =>
    widths.flatMap((width) => [{ type: "dense", units: width, useBias: true } as const, LEAKY]);
  const size = sizeOf(dataShape);
  return {
    latentDim: isImage ? 100 : 2,
    generator: [
      ...hidden(units),
      { type: "dense", units: size, useBias: true },
      ...(isImage ? ([{ type: "tanh" }, { type: "reshape", targetShape: [...dataShape] }] as const) : []),
    ],
    discriminator: [...(isImage ? ([{ type: "flatten" }] as const) : []), ...hidden(units.toReversed()), LOGIT],
  };
}

/** Images are halved while they can be, down to a side of at least this. */
const SMALLEST_SIDE = 4;
/** Channels at the finest stage; each coarser one has twice as many. */
const FINEST_CHANNELS = 32;
const KERNEL = { transposed: 4, plain: 3 } as const;

type Enlarge = (filters: number) => NetworkConfig;

function transposed(filters: number): NetworkConfig {
  return [{ type: "conv2dTranspose", filters, kernelSize: KERNEL.transposed, strides: 2, useBias: false }];
}

function upsampled(filters: number): NetworkConfig {
  return [
    { type: "upSampling2d", size: 2 },
    { type: "conv2d", filters, kernelSize: KERNEL.plain, strides: 1, useBias: false },
  ];
}

/** Radford, Metz and Chintala 2015: no pooling, batch norm but for the first and last layer, tanh at the end. */
function convolutional(dataShape: Shape, enlarge: Enlarge): NetworkPair {
  const { start, widths, channels } = stagesFor(dataShape, FINEST_CHANNELS);
  const between = widths.slice(1);
  return {
    latentDim: 64,
    generator: [
      { type: "dense", units: sizeOf(start), useBias: false },
      { type: "batchNorm" },
      { type: "reLU" },
      { type: "reshape", targetShape: start },
      ...between.flatMap((filters) => [...enlarge(filters), { type: "batchNorm" } as const, { type: "reLU" } as const]),
      ...withBias(enlarge(channels)),
      { type: "tanh" },
    ],
    discriminator: [
      { type: "conv2d", filters: FINEST_CHANNELS, kernelSize: 4, strides: 2, useBias: true },
      LEAKY,
      ...between
        .toReversed()
        .flatMap((filters) => [
          { type: "conv2d", filters: 2 * filters, kernelSize: 4, strides: 2, useBias: false } as const,
          { type: "batchNorm" } as const,
          LEAKY,
        ]),
      { type: "flatten" },
      LOGIT,
    ],
  };
}

/**
 * After Miyato, Kataoka, Koyama and Yoshida 2018, on a small scale: a block a size, batch norm in the generator and spectral
 * norm in the discriminator, which begins with a convolution, since a block would drop what is darker than grey.
 */
function residual(dataShape: Shape): NetworkPair {
  const { start, widths, channels } = stagesFor(dataShape, FINEST_CHANNELS / 2);
  const finest = widths.at(-1) ?? FINEST_CHANNELS;
  const block = { type: "residualBlock", kernelSize: KERNEL.plain } as const;
  const plain = { type: "conv2d", kernelSize: KERNEL.plain, strides: 1, useBias: true } as const;
  return {
    latentDim: 64,
    generator: [
      { type: "dense", units: sizeOf(start), useBias: true },
      { type: "reshape", targetShape: start },
      ...widths.map((filters) => ({ ...block, filters, resample: "up", normalization: "batchNorm" }) as const),
      { type: "batchNorm" },
      { type: "reLU" },
      { ...plain, filters: channels },
      { type: "tanh" },
    ],
    discriminator: [
      { ...plain, filters: finest, spectralNorm: true },
      ...widths
        .toReversed()
        .map(
          (filters) =>
            ({ ...block, filters: 2 * filters, resample: "down", normalization: "none", spectralNorm: true }) as const,
        ),
      { type: "reLU" },
      { type: "globalSumPooling2d" },
      { ...LOGIT, spectralNorm: true },
    ],
  };
}

/** What to begin with, and how many channels each size has, from the coarsest to the finest. */
function stagesFor(dataShape: Shape, finest: number) {
  const [height = 1, width = 1, channels = 1] = dataShape;
  const stages = halvings(height, width);
  const widths = Array.from({ length: stages }, (_, stage) => finest * 2 ** (stages - 1 - stage));
  const start = [height / 2 ** stages, width / 2 ** stages, widths[0] ?? finest];
  return { start, widths, channels };
}

function halvings(height: number, width: number): number {
  let count = 0;
  while ([height, width].every((side) => side % 2 ** (count + 1) === 0 && side / 2 ** (count + 1) >= SMALLEST_SIDE)) {
    count += 1;
  }
  return Math.max(1, count);
}

/** No normalisation follows the last layer, so it needs a bias of its own. */
function withBias(layers: NetworkConfig): NetworkConfig {
  return layers.map((layer) => ("useBias" in layer ? { ...layer, useBias: true } : layer));
}
