/** A GAN that takes over another's state goes on as that one does, on the CPU backend. */
import "@tensorflow/tfjs-backend-cpu";
import { memory, setBackend, tensor, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { uniform } from "../shared/random.ts";
import { DEFAULT_CONFIG, type OptimizerConfig, type TrainingConfig } from "./config.ts";
import { createGan, type Gan } from "./gan.ts";
import { readState, writeState } from "./ganState.ts";
import { fingerprint } from "./network.ts";
import { updateDiscriminator, updateGenerator } from "./trainStep.ts";

const SHAPE = [4, 4, 1];
const BATCH = 4;

/** Running statistics, vectors of spectral norms, random masks and an average: everything that is remembered. */
function configWith(optimizer: OptimizerConfig): TrainingConfig {
  return {
    ...DEFAULT_CONFIG,
    batchSize: BATCH,
    latentDim: 3,
    generator: [
      { type: "dense", units: 16, useBias: false },
      { type: "batchNorm" },
      { type: "reshape", targetShape: SHAPE },
    ],
    discriminator: [
      { type: "flatten" },
      { type: "dropout", rate: 0.25 },
      { type: "dense", units: 1, useBias: true, spectralNorm: true },
    ],
    optimizer: { generator: optimizer, discriminator: optimizer },
    averageDecay: 0.9,
  };
}

const OPTIMIZERS: readonly OptimizerConfig[] = [
  { type: "adam", learningRate: 1e-2, beta1: 0.5, beta2: 0.999 },
  { type: "rmsprop", learningRate: 1e-2, decay: 0.9 },
  { type: "sgd", learningRate: 1e-2, momentum: 0.9 },
];

const made: Gan[] = [];

function make(config: TrainingConfig, seed: number): Gan {
  const gan = createGan(config, SHAPE, seed);
  made.push(gan);
  return gan;
}

function step(gan: Gan, config: TrainingConfig, update: number): void {
  tidy(() => {
    const key = { seed: 1, update };
    const real = tensor(uniform({ seed: 1, stream: "batches", draw: update }, BATCH * 16), [BATCH, ...SHAPE]);
    const z = randomLatents({ seed: 1, stream: "generatorLatents", draw: update }, BATCH, config.latentDim);
    updateDiscriminator(gan, { real, z, epsilon: null }, config, key);
    updateGenerator(gan, { z }, config, key);
  });
}

async function hashes({ generator, discriminator, average }: Gan): Promise<readonly string[]> {
  const networks = [generator, discriminator, ...(average === null ? [] : [average.network])];
  return Promise.all(networks.map(fingerprint));
}

beforeAll(() => setBackend("cpu"));
afterEach(() => {
  for (const gan of made.splice(0)) gan.dispose();
});

test.each(OPTIMIZERS)("with $type, updates after the move give the same bits as without it", async (optimizer) => {
  const config = configWith(optimizer);
  const first = make(config, 1);
  step(first, config, 0);
  step(first, config, 1);
  const state = await readState(first);
  step(first, config, 2);
  step(first, config, 3);

  const second = make(config, 2);
  const before = memory().numTensors;
  writeState(second, state);
  // Tensors took the place of others.
  expect(memory().numTensors).toBe(before);
  step(second, config, 2);
  step(second, config, 3);
  expect(await hashes(second)).toEqual(await hashes(first));
});

test("what was read stays as it was while training goes on", async () => {
  const [config] = OPTIMIZERS.map(configWith);
  if (config === undefined) throw new Error("There is no config.");
  const gan = make(config, 1);
  step(gan, config, 0);
  const before = await readState(gan);
  const reading = readState(gan);
  step(gan, config, 1);
  expect(await reading).toEqual(before);
  expect(await readState(gan)).not.toEqual(before);
});

test("a state of other networks is refused and changes nothing", async () => {
  const [adam] = OPTIMIZERS;
  if (adam === undefined) throw new Error("There is no optimiser.");
  const config = configWith(adam);
  const state = await readState(make(config, 1));
  const other = make({ ...config, latentDim: 5 }, 1);
  const before = await hashes(other);
  expect(() => {
    writeState(other, state);
  }).toThrow("other networks");
  expect(await hashes(other)).toEqual(before);
});
