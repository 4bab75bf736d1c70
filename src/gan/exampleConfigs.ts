/** For tests: small GANs on MNIST's images that have, between them, what no preset has. */
import { DEFAULT_CONFIG, type Config } from "./config.ts";

const BASE: Config = { ...DEFAULT_CONFIG, batchSize: 4, latentDim: 8 };

/** The layers of image GANs beyond the classic ones. */
const RESIDUAL: Config = {
  ...BASE,
  generator: [
    { type: "dense", units: 7 * 7 * 4, useBias: true },
    { type: "reshape", targetShape: [7, 7, 4] },
    { type: "residualBlock", filters: 6, kernelSize: 3, resample: "up", normalization: "batchNorm" },
    { type: "residualBlock", filters: 6, kernelSize: 3, resample: "up", normalization: "none" },
    { type: "instanceNorm" },
    { type: "reLU" },
    { type: "conv2d", filters: 1, kernelSize: 3, strides: 1, useBias: true },
    { type: "tanh" },
  ],
  discriminator: [
    { type: "averagePooling2d", poolSize: 2 },
    { type: "residualBlock", filters: 4, kernelSize: 3, resample: "down", normalization: "none" },
    { type: "instanceNorm" },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "minibatchStdDev", groupSize: null },
    { type: "reLU" },
    { type: "globalSumPooling2d" },
    { type: "dense", units: 1, useBias: true },
  ],
  loss: "hinge",
};

/** Spectral norms in either player, on every layer that can have one. */
const SPECTRAL: Config = {
  ...BASE,
  generator: [
    { type: "dense", units: 7 * 7 * 4, useBias: true, spectralNorm: true },
    { type: "reshape", targetShape: [7, 7, 4] },
    { type: "conv2dTranspose", filters: 4, kernelSize: 4, strides: 4, useBias: true, spectralNorm: true },
    { type: "conv2d", filters: 1, kernelSize: 3, strides: 1, useBias: true },
    { type: "tanh" },
  ],
  discriminator: [
    { type: "conv2d", filters: 4, kernelSize: 4, strides: 2, useBias: true, spectralNorm: true },
    {
      ...{ type: "residualBlock", filters: 6, kernelSize: 3, resample: "down", normalization: "none" },
      spectralNorm: true,
    },
    { type: "reLU" },
    { type: "globalSumPooling2d" },
    { type: "dense", units: 1, useBias: true, spectralNorm: true },
  ],
  loss: "hinge",
};

export const EXAMPLES = { residual: RESIDUAL, spectral: SPECTRAL } as const satisfies Readonly<Record<string, Config>>;
