import { engine, memory, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { startBackend } from "../engine/backend.ts";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { createResidentData } from "../engine/operations/residentData.ts";
import { createReadback } from "../engine/readback.ts";
import { captureStep, type StepGraph } from "../engine/stepGraph.ts";
import { EXAMPLES } from "./exampleConfigs.ts";
import { MNIST_DCGAN } from "./presets/mnistDcgan.ts";
import { MNIST_MLP } from "./presets/mnistMlp.ts";
import type { Config } from "./config.ts";
import { createGan } from "./gan.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "./trainStep.ts";

beforeAll(async () => {
  await startBackend("webgpu");
});

/** Each preset with its batch made small, and how many kernels one step may start. */
const CASES: readonly { readonly config: Config; readonly most: number; readonly name: string }[] = [
  { name: "mnist-mlp", config: { ...MNIST_MLP.config, batchSize: 8 }, most: 50 },
  { name: "mnist-dcgan", config: { ...MNIST_DCGAN.config, batchSize: 8 }, most: 90 },
  { name: "residual", config: EXAMPLES.residual, most: 400 },
  { name: "spectral", config: EXAMPLES.spectral, most: 250 },
];

const ITEMS = 32;

/** A run small enough to compare: its two updates, and what the host does before each. */
function makeRun(config: Config) {
  const gan = createGan(config, [28, 28, 1], config.seed);
  const data = createResidentData([28, 28, 1], ITEMS);
  data.append(Uint8Array.from({ length: ITEMS * 784 }, (_, index) => (index * 2654435761) >>> 24));
  const batch = data.createBatch(config.batchSize);
  let updates = 0;
  return {
    prepareDiscriminator() {
      updates += 1;
      batch.choose(Array.from({ length: config.batchSize }, (_, row) => (row * 5 + updates) % ITEMS));
      prepareDiscriminator(gan, config, { seed: config.seed, update: updates });
    },
    discriminator: () =>
      tidy(() => {
        const key = { stream: "discriminatorLatents", live: gan.draws.discriminator } as const;
        const z = randomLatents(key, config.batchSize, config.latentDim);
        return [computeDiscriminator(gan, { real: batch.gather(), z, epsilon: null })];
      }),
    prepareGenerator() {
      prepareGenerator(gan, config, { seed: config.seed, update: updates });
    },
    generator: () =>
      tidy(() => {
        const key = { stream: "generatorLatents", live: gan.draws.generator } as const;
        return [computeGenerator(gan, { z: randomLatents(key, config.batchSize, config.latentDim) })];
      }),
    weights: () => [...gan.generator.weights.values(), ...gan.discriminator.weights.values()],
    dispose() {
      gan.dispose();
      batch.dispose();
      data.dispose();
    },
  };
}

async function numbersOf(tensors: readonly Tensor[]): Promise<number[]> {
  const numbers = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
  return numbers.flat();
}

/** Reads results that no graph owns, and frees them. */
async function taken(tensors: readonly Tensor[]): Promise<number[]> {
  const numbers = await numbersOf(tensors);
  for (const tensor of tensors) tensor.dispose();
  return numbers;
}

function graphOf(compute: () => readonly Tensor[], results: Tensor[]): StepGraph {
  const capture = captureStep(compute);
  if (!capture.captured) throw new Error(`${capture.refusal.operation}: ${capture.refusal.reason}`);
  results.push(...capture.results);
  return capture.graph;
}

describe.for(CASES)("a recorded step of $name", ({ config, most }) => {
  test("gives bit for bit what eager steps give, alone or several in one submit, within its dispatches", async () => {
    const tensorsBefore = memory().numTensors;
    const [alone, together] = [2, 3];
    const steps = 1 + alone + together;
    const eager = makeRun(config);
    const expected: number[] = [];
    for (let step = 0; step < steps; step++) {
      eager.prepareDiscriminator();
      expected.push(...(await taken(eager.discriminator())));
      eager.prepareGenerator();
      expected.push(...(await taken(eager.generator())));
    }

    const replayed = makeRun(config);
    const first: Tensor[] = [];
    replayed.prepareDiscriminator();
    const discriminator = graphOf(replayed.discriminator, first);
    replayed.prepareGenerator();
    const generator = graphOf(replayed.generator, first);
    const actual = await numbersOf(first);
    for (let step = 0; step < alone; step++) {
      replayed.prepareDiscriminator();
      actual.push(...(await numbersOf(discriminator.replay())));
      replayed.prepareGenerator();
      actual.push(...(await numbersOf(generator.replay())));
    }

    const readback = createReadback();
    const submit = vi.spyOn(GPUQueue.prototype, "submit");
    for (let step = 0; step < together; step++) {
      replayed.prepareDiscriminator();
      readback.enqueue(discriminator.replay(), (numbers) => actual.push(...numbers));
      replayed.prepareGenerator();
      readback.enqueue(generator.replay(), (numbers) => actual.push(...numbers));
    }
    await readback.settle();
    expect(submit).toHaveBeenCalledTimes(1);
    submit.mockRestore();

    expect(actual).toEqual(expected);
    expect(actual.every(Number.isFinite)).toBe(true);
    expect(await numbersOf(replayed.weights())).toEqual(await numbersOf(eager.weights()));
    console.info(`${discriminator.dispatches} and ${generator.dispatches} dispatches`);
    expect(discriminator.dispatches + generator.dispatches).toBeLessThanOrEqual(most);
    for (const held of [discriminator, generator, eager, replayed, readback]) held.dispose();
    expect(engine().memory().numTensors).toBe(tensorsBefore);
  });
});
