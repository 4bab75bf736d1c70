import { memory, setBackend, tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { interpolationWeights, randomLatents } from "../engine/operations/randomDraws.ts";
import { uniform } from "../shared/random.ts";
import { DEFAULT_CONFIG, type NetworkConfig, type TrainingConfig } from "./config.ts";
import { createGan, type Gan } from "./gan.ts";
import { fingerprint, summary } from "./network.ts";
import { NetworkError } from "./networkShape.ts";
import { generate, updateDiscriminator, updateGenerator, type LiveSettings } from "./trainStep.ts";

const SHAPE = [4, 4, 1];
const BATCH = 5;

/** Every kind of layer with a state of its own, small. */
const CONFIG: TrainingConfig = {
  ...DEFAULT_CONFIG,
  batchSize: BATCH,
  latentDim: 3,
  generator: [
    { type: "dense", units: 8, useBias: false },
    { type: "batchNorm" },
    { type: "reLU" },
    { type: "reshape", targetShape: [2, 2, 2] },
    { type: "conv2dTranspose", filters: 1, kernelSize: 4, strides: 2, useBias: true },
    { type: "tanh" },
  ],
  discriminator: [
    { type: "conv2d", filters: 3, kernelSize: 3, strides: 2, useBias: true },
    { type: "batchNorm" },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dropout", rate: 0.25 },
    { type: "flatten" },
    { type: "dense", units: 1, useBias: true },
  ],
  loss: "nonSaturating",
  labelSmoothing: 0.9,
  optimizer: {
    generator: { type: "adam", learningRate: 0.01, beta1: 0.5, beta2: 0.999 },
    discriminator: { type: "adam", learningRate: 0.01, beta1: 0.5, beta2: 0.999 },
  },
};

async function read(result: Tensor1D): Promise<readonly number[]> {
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

/** The update of the discriminator of that number, with inputs drawn from it. */
async function tellApart(gan: Gan, update: number, live: LiveSettings = gan.config): Promise<readonly number[]> {
  const pixels = uniform({ seed: 5, stream: "batches", draw: update }, BATCH * 16).map((value) => 2 * value - 1);
  const real = tensor(pixels, [BATCH, ...SHAPE]);
  const z = randomLatents({ seed: 5, stream: "discriminatorLatents", draw: update }, BATCH, 3);
  const epsilon = interpolationWeights({ seed: 5, stream: "interpolation", draw: update }, BATCH);
  const result = await read(updateDiscriminator(gan, { real, z, epsilon }, live, { seed: 5, update }));
  for (const input of [real, z, epsilon]) input.dispose();
  return result;
}

async function fool(gan: Gan, update: number, live: LiveSettings = gan.config): Promise<readonly number[]> {
  const z = randomLatents({ seed: 5, stream: "generatorLatents", draw: update }, BATCH, 3);
  const result = await read(updateGenerator(gan, { z }, live, { seed: 5, update }));
  z.dispose();
  return result;
}

async function fingerprints(gan: Gan) {
  return { generator: await fingerprint(gan.generator), discriminator: await fingerprint(gan.discriminator) };
}

beforeAll(async () => {
  await setBackend("cpu");
});

describe("a GAN", () => {
  test("is the same for the same seed, and another for another", async () => {
    const gans = [7, 7, 8].map((seed) => createGan(CONFIG, SHAPE, seed));
    const [first, same, other] = await Promise.all(gans.map(fingerprints));
    expect(same).toEqual(first);
    expect(other?.generator).not.toBe(first?.generator);
    expect(other?.discriminator).not.toBe(first?.discriminator);
    for (const gan of gans) gan.dispose();
  });

  test("trains to the same weights and measurements from the same draws", async () => {
    const histories = [];
    for (let repetition = 0; repetition < 2; repetition++) {
      const gan = createGan(CONFIG, SHAPE, 1);
      const rows = [];
      for (let step = 0; step < 3; step++) rows.push(await tellApart(gan, step), await fool(gan, step));
      histories.push({ rows, weights: await fingerprints(gan) });
      gan.dispose();
    }
    expect(histories[1]).toEqual(histories[0]);
  });

  test("each half of a step moves its own network alone", async () => {
    const gan = createGan(CONFIG, SHAPE, 1);
    const start = await fingerprints(gan);
    await tellApart(gan, 0);
    const afterDiscriminator = await fingerprints(gan);
    expect(afterDiscriminator.generator).toBe(start.generator);
    expect(afterDiscriminator.discriminator).not.toBe(start.discriminator);
    await fool(gan, 0);
    const afterGenerator = await fingerprints(gan);
    expect(afterGenerator.generator).not.toBe(start.generator);
    expect(afterGenerator.discriminator).toBe(afterDiscriminator.discriminator);
    gan.dispose();
  });

  test("the discriminator learns to tell real from fake, and then the generator to fool it", async () => {
    const gan = createGan(
      { ...CONFIG, discriminator: CONFIG.discriminator.filter(({ type }) => type !== "dropout") },
      SHAPE,
      1,
    );
    const first = await tellApart(gan, 0);
    for (let update = 1; update < 30; update++) await tellApart(gan, update % 2);
    const later = await tellApart(gan, 0);
    expect(later[0]).toBeLessThan(first[0] ?? NaN);
    expect((later[3] ?? NaN) - (later[4] ?? NaN)).toBeGreaterThan((first[3] ?? NaN) - (first[4] ?? NaN));
    const [lossBefore, , scoreBefore] = await fool(gan, 0);
    for (let update = 1; update < 30; update++) await fool(gan, 0);
    const [lossAfter, , scoreAfter] = await fool(gan, 0);
    expect(lossAfter).toBeLessThan(lossBefore ?? NaN);
    expect(scoreAfter).toBeGreaterThan(scoreBefore ?? NaN);
    gan.dispose();
  });

  test("live settings act at the very next update", async () => {
    const gan = createGan(CONFIG, SHAPE, 1);
    const still = { ...CONFIG.optimizer.discriminator, learningRate: 0 };
    const before = await fingerprints(gan);
    await tellApart(gan, 0, { ...CONFIG, optimizer: { ...CONFIG.optimizer, discriminator: still } });
    expect(await fingerprints(gan)).toEqual(before);

    const smoothed = await tellApart(gan, 1, { ...CONFIG, labelSmoothing: 0.5 });
    const twin = createGan(CONFIG, SHAPE, 1);
    await tellApart(twin, 0, { ...CONFIG, optimizer: { ...CONFIG.optimizer, discriminator: still } });
    const certain = await tellApart(twin, 1, { ...CONFIG, labelSmoothing: 1 });
    expect(smoothed[0]).not.toBe(certain[0]);
    expect(smoothed[4]).toBe(certain[4]);
    gan.dispose();
    twin.dispose();
  });

  test("weight clipping holds every weight of the discriminator, and none of the generator", async () => {
    const gan = createGan(CONFIG, SHAPE, 1);
    await tellApart(gan, 0, { ...CONFIG, weightClip: 0.02 });
    const largest = (network: Gan["generator"]) =>
      Math.max(...network.parameters.map((parameter) => Math.max(...parameter.dataSync().map(Math.abs))));
    // 0.02 in float32 is a little less than 0.02.
    expect(largest(gan.discriminator)).toBeLessThanOrEqual(0.02);
    expect(largest(gan.generator)).toBeGreaterThan(0.02);
    gan.dispose();
  });

  test("images for people are the same however often they are made, and change nothing", async () => {
    const gan = createGan(CONFIG, SHAPE, 1);
    await fool(gan, 0);
    const z = randomLatents({ seed: 1, stream: "probe", draw: 0 }, 4, 3);
    const [first, second] = [generate(gan, z), generate(gan, z)];
    expect(first.shape).toEqual([4, ...SHAPE]);
    expect([...second.dataSync()]).toEqual([...first.dataSync()]);
    const largest = Math.max(...first.dataSync().map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1);
    for (const image of [z, first, second]) image.dispose();
    gan.dispose();
  });
});

describe("memory", () => {
  const CONFIGS: Readonly<Record<string, TrainingConfig>> = {
    "Adam and batch norm": CONFIG,
    "a gradient penalty at real images": { ...CONFIG, gradientPenalty: { type: "r1", weight: 1, every: 1 } },
    "a gradient penalty between images": {
      ...CONFIG,
      loss: "wasserstein",
      gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
    },
    "RMSProp and weight clipping": {
      ...CONFIG,
      weightClip: 0.05,
      optimizer: {
        generator: { type: "rmsprop", learningRate: 0.001, decay: 0.9 },
        discriminator: { type: "sgd", learningRate: 0.001, momentum: 0.5 },
      },
    },
  };

  test.for(Object.entries(CONFIGS))("stays flat over 200 steps with %s", async ([, config]) => {
    const gan = createGan(config, SHAPE, 1);
    await tellApart(gan, 0);
    await fool(gan, 0);
    const before = memory();
    for (let step = 1; step <= 200; step++) {
      await tellApart(gan, step);
      await fool(gan, step);
    }
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
    gan.dispose();
  });

  test("is all given back by five GANs, and by those that could not be built", async () => {
    const before = memory();
    for (let seed = 0; seed < 5; seed++) {
      const gan = createGan(CONFIG, SHAPE, seed);
      await tellApart(gan, 0);
      await fool(gan, 0);
      gan.dispose();
    }
    expect(() => createGan(CONFIG, [5, 5, 1], 1)).toThrow(NetworkError);
    expect(() => createGan({ ...CONFIG, discriminator: [{ type: "flatten" }] }, SHAPE, 1)).toThrow(NetworkError);
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });
});

describe("networks that do not fit are refused with the layer, what it gets and what it needs", () => {
  const cases: readonly [string, "generator" | "discriminator", NetworkConfig, number, RegExp][] = [
    [
      "a dense layer on images",
      "discriminator",
      [{ type: "dense", units: 1, useBias: true }],
      0,
      /Layer 0 of the discriminator \(dense\) gets \[4, 4, 1\] and needs a flat input/,
    ],
    [
      "a convolution on a row",
      "generator",
      [{ type: "conv2d", filters: 1, kernelSize: 3, strides: 1, useBias: true }],
      0,
      /Layer 0 of the generator \(conv2d\) gets \[3\] and needs images of shape \[height, width, channels\]/,
    ],
    [
      "a reshape to another size",
      "generator",
      [
        { type: "dense", units: 15, useBias: true },
        { type: "reshape", targetShape: [4, 4, 1] },
      ],
      1,
      /Layer 1 of the generator \(reshape\) gets \[15\] and needs 16 numbers for \[4, 4, 1\], not 15/,
    ],
    [
      "a generator of other data",
      "generator",
      [{ type: "dense", units: 16, useBias: true }],
      0,
      /makes \[16\], but the data needs \[4, 4, 1\]/,
    ],
    [
      "a discriminator with two scores",
      "discriminator",
      [{ type: "flatten" }, { type: "dense", units: 2, useBias: true }],
      1,
      /makes \[2\], but a score is one number/,
    ],
    [
      "a discriminator that ends in a sigmoid",
      "discriminator",
      [{ type: "flatten" }, { type: "dense", units: 1, useBias: true }, { type: "sigmoid" }],
      2,
      /Layer 2 of the discriminator \(sigmoid\) is the last one, but the score must be a plain logit/,
    ],
  ];

  test.for(cases)("%s", ([, player, layers, layerIndex, message]) => {
    let caught: unknown;
    try {
      createGan({ ...CONFIG, [player]: layers }, SHAPE, 1).dispose();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(NetworkError);
    expect(caught).toMatchObject({ player, layerIndex, message: expect.stringMatching(message) as unknown });
  });
});

test("a summary counts the weights that training moves, by layer", () => {
  const gan = createGan(CONFIG, SHAPE, 1);
  const { parameters, layers } = summary(gan.generator);
  expect(layers.map((layer) => layer.parameters)).toEqual([24, 16, 0, 0, 33, 0]);
  expect(layers.map((layer) => layer.outputShape)).toEqual([[8], [8], [8], [2, 2, 2], [4, 4, 1], [4, 4, 1]]);
  expect(parameters).toBe(73);
  gan.dispose();
});
