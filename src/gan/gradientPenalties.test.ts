import { add, mean, memory, setBackend, sum, tensor, tidy, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { differentiate, valuesAndSlopes } from "../engine/gradients.ts";
import { createLiveNumbers } from "../engine/liveNumbers.ts";
import { DRAW_LIVE } from "../engine/operations/randomDraws.ts";
import type { NetworkConfig } from "./config.ts";
import { along, derivative, DIGITS, draw, drawDirection } from "./finiteDifferences.ts";
import { GRADIENT_PENALTIES, interpolate, penaltyWeight, perturb } from "./gradientPenalties.ts";
import { buildNetwork, disposeNetwork, forward, type Network } from "./network.ts";

const IMAGE = [4, 4, 2];
/** Batch norm is gently curved over many images only; few keep differences clear of the rectifiers' kinks. */
const batchFor = (config: NetworkConfig) => (config.some(({ type }) => type === "batchNorm") ? 12 : 3);

/** Discriminators that have, between them, every layer a config can name; residual blocks have a test of their own. */
const DISCRIMINATORS: Readonly<Record<string, NetworkConfig>> = {
  reLU: dense({ type: "reLU" }),
  leakyReLU: dense({ type: "leakyReLU", alpha: 0.2 }),
  tanh: dense({ type: "tanh" }),
  sigmoid: dense({ type: "sigmoid" }),
  batchNorm: dense({ type: "batchNorm" }, { type: "tanh" }),
  layerNorm: dense({ type: "layerNorm" }, { type: "tanh" }),
  dropout: dense({ type: "dropout", rate: 0.3 }, { type: "tanh" }),
  conv2d: convolutional({ type: "conv2d", filters: 3, kernelSize: 3, strides: 2, useBias: true }),
  conv2dTranspose: convolutional({ type: "conv2dTranspose", filters: 3, kernelSize: 3, strides: 2, useBias: true }),
  "upSampling2d and reshape": convolutional(
    { type: "upSampling2d", size: 2 },
    { type: "conv2d", filters: 2, kernelSize: 3, strides: 1, useBias: false },
    { type: "reshape", targetShape: [16, 8, 1] },
  ),
  "dense with spectralNorm": [
    { type: "flatten" },
    { type: "dense", units: 6, useBias: true, spectralNorm: true },
    { type: "tanh" },
    { type: "dense", units: 1, useBias: true, spectralNorm: true },
  ],
  "conv2d with spectralNorm": convolutional({
    ...{ type: "conv2d", filters: 3, kernelSize: 3, strides: 2, useBias: true, spectralNorm: true },
  }),
  "conv2dTranspose with spectralNorm": convolutional({
    ...{ type: "conv2dTranspose", filters: 3, kernelSize: 3, strides: 2, useBias: true, spectralNorm: true },
  }),
  averagePooling2d: convolutional({ type: "averagePooling2d", poolSize: 2 }),
  globalSumPooling2d: [
    { type: "conv2d", filters: 3, kernelSize: 3, strides: 1, useBias: true },
    { type: "tanh" },
    { type: "globalSumPooling2d" },
    ...scoreOf(4),
  ],
  instanceNorm: convolutional(
    { type: "conv2d", filters: 3, kernelSize: 3, strides: 1, useBias: false },
    { type: "instanceNorm" },
  ),
  minibatchStdDev: convolutional({ type: "minibatchStdDev", groupSize: null }),
  "minibatchStdDev over features": dense({ type: "tanh" }, { type: "minibatchStdDev", groupSize: 3 }),
  "batchNorm over images": convolutional(
    { type: "conv2d", filters: 3, kernelSize: 3, strides: 1, useBias: false },
    { type: "batchNorm" },
  ),
  "layerNorm over images": convolutional(
    { type: "conv2d", filters: 3, kernelSize: 3, strides: 1, useBias: false },
    { type: "layerNorm" },
  ),
};

function dense(...middle: NetworkConfig): NetworkConfig {
  return [{ type: "flatten" }, { type: "dense", units: 6, useBias: true }, ...middle, ...scoreOf(4)];
}

function convolutional(...middle: NetworkConfig): NetworkConfig {
  return [...middle, { type: "sigmoid" }, { type: "flatten" }, ...scoreOf(5)];
}

function scoreOf(units: number): NetworkConfig {
  return [{ type: "dense", units, useBias: true }, { type: "tanh" }, { type: "dense", units: 1, useBias: true }];
}

function score(network: Network, images: Tensor): Tensor {
  const live = createLiveNumbers(DRAW_LIVE);
  live.set({ seed: 7, draw: 0 });
  return forward(network, images, {
    training: true,
    batches: 1,
    dropoutMasks: (layer) => ({ live, places: [layer] }),
  });
}

describe("in plain JavaScript", () => {
  beforeAll(async () => {
    await setBackend("cpu");
  });

  test.for(Object.entries(DISCRIMINATORS))("slopes through %s are those of finite differences", ([, config]) => {
    const network = buildNetwork("discriminator", config, IMAGE, 3);
    const images = draw(0, [batchFor(config), ...IMAGE]);
    const direction = drawDirection(1, images.shape);
    tidy(() => {
      const { slopes } = valuesAndSlopes((x) => score(network, x), images);
      const expected = derivative((x) => sum(score(network, x)), images, direction);
      expect(along(slopes, direction)).toBeCloseTo(expected, DIGITS);
      expect(Math.abs(expected)).toBeGreaterThan(0.001);
    });
    disposeNetwork(network);
  });

  test.for(Object.entries(DISCRIMINATORS))("penalties of slopes through %s have the right gradients", ([, config]) => {
    const network = buildNetwork("discriminator", config, IMAGE, 3);
    const images = draw(0, [batchFor(config), ...IMAGE]);
    const penalty = () => {
      const { values, slopes } = valuesAndSlopes((x) => score(network, x), images);
      // The values go in too, because r1 shares one pass between the loss and the penalty.
      return add<Scalar>(GRADIENT_PENALTIES.wganGp.of(slopes), mean(values));
    };
    tidy(() => {
      const { gradients } = differentiate(() => ({ objective: penalty(), measured: [] }), network.parameters);
      for (const [index, parameter] of network.parameters.entries()) {
        const direction = drawDirection(10 + index, parameter.shape);
        const original = parameter.clone();
        const at = (value: Tensor) => {
          parameter.assign(value);
          return penalty();
        };
        const expected = derivative(at, original, direction);
        parameter.assign(original);
        const gradient = gradients[index];
        if (gradient === undefined) throw new Error("every parameter has a gradient");
        expect(along(gradient, direction), parameter.name).toBeCloseTo(expected, DIGITS);
      }
    });
    disposeNetwork(network);
  });

  test("WGAN-GP asks for slopes of length one, whatever their direction", () => {
    const slopes = tensor([0.6, 0.8, -1, 0, 0, 3], [3, 2]);
    expect(GRADIENT_PENALTIES.wganGp.of(slopes).dataSync()[0]).toBeCloseTo(4 / 3, 5);
  });

  test("R1 is half the mean squared length of the slopes", () => {
    const slopes = tensor([1, 2, 0, 0, 2, 1], [2, 3]);
    expect(GRADIENT_PENALTIES.r1.of(slopes).dataSync()[0]).toBeCloseTo((5 + 5) / 4, 6);
  });

  test("R2 is what R1 is, and DRAGAN what WGAN-GP is, at other places", () => {
    const slopes = tensor([1, 2, 0, 0, 2, 1], [2, 3]);
    const value = (type: keyof typeof GRADIENT_PENALTIES) => GRADIENT_PENALTIES[type].of(slopes).dataSync()[0];
    expect(value("r2")).toBe(value("r1"));
    expect(value("dragan")).toBe(value("wganGp"));
    expect(Object.entries(GRADIENT_PENALTIES).map(([type, { at }]) => [type, at])).toEqual([
      ["wganGp", "between"],
      ["dragan", "around"],
      ["r1", "real"],
      ["r2", "fake"],
    ]);
  });

  test("a place around a real image is half the spread of the batch away, times the noise", () => {
    const real = tensor([1, -1, 1, -1], [2, 2]);
    const around = perturb(real, tensor([1, 0, -2, 4], [2, 2]));
    expect([...around.dataSync()]).toEqual([1.5, -1, 0, 1]);
  });

  test("a penalty that comes every k-th time weighs k times as much", () => {
    const weightOf = (every: number) => penaltyWeight({ gradientPenalty: { type: "r1", weight: 2, every } });
    expect([1, 4, 16].map(weightOf)).toEqual([2, 8, 32]);
  });

  test("a place between real and fake images is chosen for each image", () => {
    const real = tensor([1, 1, 1, 1], [2, 1, 2, 1]);
    const fake = tensor([0, -1, 0, -1], [2, 1, 2, 1]);
    const between = interpolate(real, fake, tensor([1, 0.25], [2]));
    expect([...between.dataSync()]).toEqual([1, 1, 0.25, -0.5]);
  });

  test("differentiating twice leaves no tensor behind", () => {
    const network = buildNetwork("discriminator", DISCRIMINATORS["batchNorm over images"] ?? [], IMAGE, 3);
    const images = draw(0, [3, ...IMAGE]);
    const before = memory().numTensors;
    tidy(() => {
      const objective = () => GRADIENT_PENALTIES.r1.of(valuesAndSlopes((x) => score(network, x), images).slopes);
      differentiate(() => ({ objective: objective(), measured: [] }), network.parameters);
    });
    expect(memory().numTensors).toBe(before);
    disposeNetwork(network);
  });
});
