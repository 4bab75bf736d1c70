/** The convolutional pair, small enough for a laptop. */
import { DEFAULT_CONFIG } from "../config.ts";
import type { Preset } from "./preset.ts";

export const MNIST_DCGAN: Preset = {
  id: "mnist-dcgan",
  label: "MNIST · DCGAN",
  group: "classic",
  comment:
    "Convolutions know that pixels have neighbours, so strokes come out as strokes: with batch norm in both players and a learning rate of 1e-3, five times the usual one, strokes that could be digits show within a hundred steps, and digits soon after. Every step costs several times as much as one of the perceptrons. Lower both rates to 2e-4 to see the published recipe, which needs about three times as many steps. Batch norm lets the discriminator judge a batch as a whole, which punishes a generator that always paints the same digit.",
  source: "Radford, Metz and Chintala 2015, with 64 and 32 channels; learning rate 1e-3 measured on MNIST",
  expects: [
    { step: 200, measure: "frechet", atMost: 400 },
    { step: 600, measure: "covered", atLeast: 8 },
    { step: 2000, measure: "coverage", atLeast: 0.3 },
  ],
  config: {
    ...DEFAULT_CONFIG,
    latentDim: 64,
    generator: [
      { type: "dense", units: 3136, useBias: false },
      { type: "batchNorm" },
      { type: "reLU" },
      { type: "reshape", targetShape: [7, 7, 64] },
      { type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, useBias: false },
      { type: "batchNorm" },
      { type: "reLU" },
      { type: "conv2dTranspose", filters: 1, kernelSize: 4, strides: 2, useBias: true },
      { type: "tanh" },
    ],
    discriminator: [
      { type: "conv2d", filters: 32, kernelSize: 4, strides: 2, useBias: true },
      { type: "leakyReLU", alpha: 0.2 },
      { type: "conv2d", filters: 64, kernelSize: 4, strides: 2, useBias: false },
      { type: "batchNorm" },
      { type: "leakyReLU", alpha: 0.2 },
      { type: "flatten" },
      { type: "dense", units: 1, useBias: true },
    ],
    labelSmoothing: 1,
    optimizer: {
      generator: { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999 },
      discriminator: { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999 },
    },
  },
};
