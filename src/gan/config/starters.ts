/** What a config starts from when its data become points in the plane, or images again. It knows no schema. */
import type { Config } from "../config.ts";
import { isPointSet } from "./dataSets.ts";

/** The fields that have to fit the data, or do better when they do. */
type Fitting = Pick<
  Config,
  "latentDim" | "conditioning" | "generator" | "discriminator" | "labelSmoothing" | "optimizer" | "samplesPerSecond"
>;

/** Two small perceptrons, whose latents lie in a plane too, so that the generator is a map that can be drawn. */
export const POINTS_STARTER: Fitting = {
  latentDim: 2,
  conditioning: null,
  generator: [
    { type: "dense", units: 64, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 64, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 2, useBias: true },
  ],
  discriminator: [
    { type: "dense", units: 64, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 64, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ],
  labelSmoothing: 1,
  optimizer: {
    generator: { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999 },
    discriminator: { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999 },
  },
  samplesPerSecond: 12,
};

/** The classic multi-layer perceptron on 28 × 28 grey pixels. */
export const IMAGES_STARTER: Fitting = {
  latentDim: 100,
  conditioning: null,
  generator: [
    { type: "dense", units: 256, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 512, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 784, useBias: true },
    { type: "tanh" },
    { type: "reshape", targetShape: [28, 28, 1] },
  ],
  discriminator: [
    { type: "flatten" },
    { type: "dense", units: 512, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 256, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ],
  labelSmoothing: 0.9,
  optimizer: {
    generator: { type: "adam", learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
    discriminator: { type: "adam", learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
  },
  samplesPerSecond: 4,
};

/** What a config needs besides, when its data set becomes another; nothing, where points stay points and images images. */
export function fieldsForDataSet(before: unknown, after: unknown): Partial<Fitting> {
  if (isPointSet(before) === isPointSet(after)) return {};
  return isPointSet(after) ? POINTS_STARTER : IMAGES_STARTER;
}

/** What a config has because of its data set, to go back to from another one: its part in what `fieldsForDataSet` says. */
export function fieldsOfDataSet(config: Config, from: unknown): Partial<Fitting> {
  if (isPointSet(config.dataSet) === isPointSet(from)) return {};
  const { latentDim, conditioning, generator, discriminator, labelSmoothing, optimizer, samplesPerSecond } = config;
  return { latentDim, conditioning, generator, discriminator, labelSmoothing, optimizer, samplesPerSecond };
}
