/**
 * What each layer is for, in words, and what a new one starts from, once: the page's menu and the documentation derive
 * from this table. It must not know how any layer computes.
 */
import type { LayerType } from "../config.ts";
import type { LayerConfigs } from "./layerShape.ts";

/** What a layer does for a network. */
export type LayerGroup = "weights" | "size" | "normalization" | "activation" | "noise" | "shape";

export const LAYER_GROUPS: Readonly<Record<LayerGroup, string>> = {
  weights: "Learns",
  size: "Changes the size",
  normalization: "Normalises",
  activation: "Bends",
  noise: "Adds noise",
  shape: "Changes the shape",
};

export interface LayerEntry<Type extends LayerType = LayerType> {
  readonly group: LayerGroup;
  /** What it does and when to use it, in one sentence. */
  readonly help: string;
  /** A new layer of its kind, with every field that it has. */
  readonly initial: LayerConfigs[Type];
}

/** Every layer, in the order of the menu. */
export const LAYER_CATALOGUE: { readonly [Type in LayerType]: LayerEntry<Type> } = {
  dense: {
    group: "weights",
    help: "Every output looks at every input: it can learn anything, and knows nothing of neighbouring pixels.",
    initial: { type: "dense", units: 128, useBias: true, spectralNorm: false },
  },
  conv2d: {
    group: "weights",
    help: "Slides a small window over the image and looks for the same patterns everywhere; strides of 2 halve the size.",
    initial: { type: "conv2d", filters: 32, kernelSize: 4, strides: 2, useBias: true, spectralNorm: false },
  },
  conv2dTranspose: {
    group: "weights",
    help: "A convolution run backwards: every pixel paints a small patch, and strides of 2 double the size.",
    initial: { type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, useBias: true, spectralNorm: false },
  },
  upSampling2d: {
    group: "size",
    help: "Makes an image larger by repeating its pixels; follow it with a convolution for an even surface.",
    initial: { type: "upSampling2d", size: 2 },
  },
  averagePooling2d: {
    group: "size",
    help: "Makes an image smaller by averaging squares of pixels, without a weight to learn.",
    initial: { type: "averagePooling2d", poolSize: 2 },
  },
  globalSumPooling2d: {
    group: "size",
    help: "Adds up each channel over the whole image: wherever a pattern was, it counts.",
    initial: { type: "globalSumPooling2d" },
  },
  residualBlock: {
    group: "weights",
    help: "Two convolutions whose result is added to what came in, so that deep networks still learn; it can double or halve an image on the way.",
    initial: {
      type: "residualBlock",
      filters: 32,
      kernelSize: 3,
      resample: "none",
      normalization: "none",
      spectralNorm: false,
    },
  },
  batchNorm: {
    group: "normalization",
    help: "Brings each channel to mean 0 and deviation 1 over the batch, which lets a network take larger steps.",
    initial: { type: "batchNorm" },
  },
  layerNorm: {
    group: "normalization",
    help: "Like batch norm, but within each image alone, so that images of a batch do not know of one another.",
    initial: { type: "layerNorm" },
  },
  instanceNorm: {
    group: "normalization",
    help: "Normalises each channel of each image by itself, which takes away contrast and keeps the drawing.",
    initial: { type: "instanceNorm" },
  },
  minibatchStdDev: {
    group: "noise",
    help: "Tells the discriminator how much the images of a batch differ, so that a generator of one image is found out.",
    initial: { type: "minibatchStdDev", groupSize: null },
  },
  leakyReLU: {
    group: "activation",
    help: "Keeps positive numbers and shrinks negative ones, so that a gradient always gets through: the discriminator's usual choice.",
    initial: { type: "leakyReLU", alpha: 0.2 },
  },
  reLU: {
    group: "activation",
    help: "Keeps positive numbers and drops negative ones: simple, fast, and sometimes a unit falls silent for good.",
    initial: { type: "reLU" },
  },
  tanh: {
    group: "activation",
    help: "Squeezes numbers to between −1 and 1, where pixels live: how a generator of images ends.",
    initial: { type: "tanh" },
  },
  sigmoid: {
    group: "activation",
    help: "Squeezes numbers to between 0 and 1; deep inside a network it lets little gradient through.",
    initial: { type: "sigmoid" },
  },
  dropout: {
    group: "noise",
    help: "Forgets a random share of its inputs while training, so that a discriminator cannot rely on a single clue.",
    initial: { type: "dropout", rate: 0.3 },
  },
  flatten: {
    group: "shape",
    help: "Lays all numbers of an image in one row, as a dense layer needs them.",
    initial: { type: "flatten" },
  },
  reshape: {
    group: "shape",
    help: "Gives a row of numbers the shape of an image, with as many numbers before as after.",
    initial: { type: "reshape", targetShape: [7, 7, 16] },
  },
};
