/** Layers that several presets share. It must not know any preset. */
import type { NetworkConfig, OptimizerConfig } from "../config.ts";

/** Adam as GANs like it, with a learning rate. */
export function adam(learningRate: number): OptimizerConfig {
  return { type: "adam", learningRate, beta1: 0.5, beta2: 0.999 };
}

/** A discriminator of 28 × 28 grey pixels without batch norm, which a gradient penalty or a spectral norm can do without. */
export function plainConvolutions(filters: number, spectralNorm?: true): NetworkConfig {
  const norm = spectralNorm === undefined ? {} : { spectralNorm };
  return [
    { type: "conv2d", filters, kernelSize: 4, strides: 2, useBias: true, ...norm },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "conv2d", filters: 2 * filters, kernelSize: 4, strides: 2, useBias: true, ...norm },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "flatten" },
    { type: "dense", units: 1, useBias: true, ...norm },
  ];
}

/** A generator that doubles 7 × 7 places twice by transposed convolutions of one kernel size. */
export function transposedConvolutions(filters: number, kernelSize: number): NetworkConfig {
  return [
    ...seed(filters),
    { type: "conv2dTranspose", filters, kernelSize, strides: 2, useBias: false },
    { type: "batchNorm" },
    { type: "reLU" },
    { type: "conv2dTranspose", filters: 1, kernelSize, strides: 2, useBias: true },
    { type: "tanh" },
  ];
}

/** The same size by repeating pixels, each time followed by a convolution. */
export function upsampledConvolutions(filters: number): NetworkConfig {
  return [
    ...seed(filters),
    { type: "upSampling2d", size: 2 },
    { type: "conv2d", filters, kernelSize: 3, strides: 1, useBias: false },
    { type: "batchNorm" },
    { type: "reLU" },
    { type: "upSampling2d", size: 2 },
    { type: "conv2d", filters: 1, kernelSize: 3, strides: 1, useBias: true },
    { type: "tanh" },
  ];
}

/** A network that does without batch norm: layers that had none for its sake take a bias. */
export function withoutBatchNorm(network: NetworkConfig): NetworkConfig {
  return network
    .filter(({ type }) => type !== "batchNorm")
    .map((layer) => ("useBias" in layer ? { ...layer, useBias: true } : layer));
}

/** From a latent to 7 × 7 places of 2 · filters numbers. */
function seed(filters: number): NetworkConfig {
  return [
    { type: "dense", units: 7 * 7 * 2 * filters, useBias: false },
    { type: "batchNorm" },
    { type: "reLU" },
    { type: "reshape", targetShape: [7, 7, 2 * filters] },
  ];
}
