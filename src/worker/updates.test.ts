import type { Tensor } from "@tensorflow/tfjs-core";
import { engine, memory, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { interpolationWeights, randomLatents } from "../engine/operations/randomDraws.ts";
import { createResidentData } from "../engine/operations/residentData.ts";
import { startSimd } from "../engine/simd/index.ts";
import { DEFAULT_CONFIG, type Config } from "../gan/config.ts";
import { createGan } from "../gan/gan.ts";
import { updateDiscriminator, updateGenerator } from "../gan/trainStep.ts";
import { createUpdates } from "./updates.ts";

const SHAPE = [6, 6, 1];
const ITEMS = 12;
const STEPS = 4;

const SMALL: Config = {
  ...DEFAULT_CONFIG,
  batchSize: 4,
  latentDim: 5,
  generator: [{ type: "dense", units: 36, useBias: true }, { type: "tanh" }, { type: "reshape", targetShape: SHAPE }],
  discriminator: [
    { type: "flatten" },
    { type: "dense", units: 8, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ],
};

const [flatten, ...later] = SMALL.discriminator;
const CASES: readonly (readonly [name: string, config: Config])[] = [
  ["plain layers", SMALL],
  [
    "dropout",
    { ...SMALL, discriminator: [flatten, { type: "dropout", rate: 0.5 }, ...later] as Config["discriminator"] },
  ],
  ["a gradient penalty", { ...SMALL, loss: "wasserstein", gradientPenalty: { type: "wganGp", weight: 10 } }],
];

/** The weight clip is switched on halfway, and the learning rate moves at every step. */
function liveAt(config: Config, step: number): Config {
  const generator = { ...config.optimizer.generator, learningRate: 1e-3 * (step + 1) };
  return { ...config, weightClip: step < STEPS / 2 ? null : 0.05, optimizer: { ...config.optimizer, generator } };
}

function itemsAt(step: number): readonly number[] {
  return Array.from({ length: SMALL.batchSize }, (_, row) => (row * 5 + step) % ITEMS);
}

function taken(tensor: Tensor): readonly number[] {
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
}

function realImages() {
  const data = createResidentData(SHAPE, ITEMS);
  data.append(Uint8Array.from({ length: ITEMS * 36 }, (_, index) => (index * 2654435761) >>> 24));
  return data;
}

/** What every update measures when each is made by itself, by keys and batches given outright. */
function measuredByHand(config: Config): readonly number[] {
  const { seed, batchSize, latentDim } = config;
  const gan = createGan(config, SHAPE, seed);
  const data = realImages();
  return Array.from({ length: STEPS }, (_, update) => {
    const live = liveAt(config, update);
    const key = { seed, update };
    const latents = (stream: "discriminatorLatents" | "generatorLatents") =>
      randomLatents({ seed, stream, draw: update }, batchSize, latentDim);
    const told = tidy(() => {
      const real = data.gather(itemsAt(update));
      const epsilon = interpolationWeights({ seed, stream: "interpolation", draw: update }, batchSize);
      return updateDiscriminator(gan, { real, z: latents("discriminatorLatents"), epsilon }, live, key);
    });
    const fooled = tidy(() => updateGenerator(gan, latents("generatorLatents"), live, key));
    return [...taken(told), ...taken(fooled)];
  }).flat();
}

function measuredByUpdates(config: Config): readonly number[] {
  const gan = createGan(config, SHAPE, config.seed);
  const updates = createUpdates(gan, config);
  const data = realImages();
  const batch = data.createBatch(config.batchSize);
  const measured = Array.from({ length: STEPS }, (_, update) => {
    batch.choose(itemsAt(update));
    const live = liveAt(config, update);
    const told = updates.discriminator(live, update, batch).dataSync();
    return [...told, ...updates.generator(live, update).dataSync()];
  }).flat();
  for (const held of [updates, batch, data, gan]) held.dispose();
  return measured;
}

/** Tensors and bytes that the backend holds. */
function held(): readonly number[] {
  const { numBytesInMemory } = engine().backend.memory() as unknown as { readonly numBytesInMemory: number };
  return [memory().numTensors, numBytesInMemory];
}

beforeAll(async () => {
  await startSimd();
});

test.each(CASES)(
  "updates with %s draw, clip and learn as they do when none is recorded, bit for bit",
  (_name, config) => {
    const measured = measuredByUpdates(config);
    expect(measured.every(Number.isFinite)).toBe(true);
    expect(measured).toEqual(measuredByHand(config));
  },
);

test.each(CASES)("updates with %s give back everything they held, recorded anew on the way or not", (_name, config) => {
  const before = held();
  for (let run = 0; run < 5; run++) measuredByUpdates(config);
  expect(held()).toEqual(before);
});
