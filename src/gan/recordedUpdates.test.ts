import { dispose, engine, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { createResidentData } from "../engine/operations/residentData.ts";
import { startSimd } from "../engine/simd/index.ts";
import { captureStep, type StepGraph } from "../engine/stepGraph.ts";
import { EXAMPLES } from "./exampleConfigs.ts";
import { MNIST_DCGAN } from "./presets/mnistDcgan.ts";
import { MNIST_MLP } from "./presets/mnistMlp.ts";
import type { Config, Phase } from "./config.ts";
import { createGan } from "./gan.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "./trainStep.ts";

const ITEMS = 32;

const CASES: readonly { readonly name: string; readonly config: Config }[] = [
  { name: "mnist-mlp", config: { ...MNIST_MLP.config, batchSize: 8 } },
  { name: "mnist-dcgan", config: { ...MNIST_DCGAN.config, batchSize: 8 } },
  ...Object.entries(EXAMPLES).map(([name, config]) => ({ name, config })),
];

/** A run small enough to compare: its two updates, and what the host does before each. */
function makeRun(config: Config) {
  const gan = createGan(config, [28, 28, 1], config.seed);
  const data = createResidentData([28, 28, 1], ITEMS);
  data.append(Uint8Array.from({ length: ITEMS * 784 }, (_, index) => (index * 2654435761) >>> 24));
  const batch = data.createBatch(config.batchSize);
  const z = (stream: "discriminatorLatents" | "generatorLatents", player: Phase) =>
    randomLatents({ stream, live: gan.draws[player] }, config.batchSize, config.latentDim);
  return {
    prepare(step: number) {
      const key = { seed: config.seed, update: step };
      batch.choose(Array.from({ length: config.batchSize }, (_, row) => (row * 5 + step) % ITEMS));
      prepareDiscriminator(gan, config, key);
      prepareGenerator(gan, config, key);
    },
    discriminator: () =>
      tidy(() => [
        computeDiscriminator(gan, {
          real: batch.gather(),
          z: z("discriminatorLatents", "discriminator"),
          epsilon: null,
        }),
      ]),
    generator: () => tidy(() => [computeGenerator(gan, { z: z("generatorLatents", "generator") })]),
    weights: () => [...gan.generator.weights.values(), ...gan.discriminator.weights.values()],
    dispose() {
      for (const held of [gan, batch, data]) held.dispose();
    },
  };
}

function read(tensors: readonly Tensor[]): number[] {
  return tensors.flatMap((tensor) => [...tensor.dataSync()]);
}

/** Reads results that no graph owns, and frees them. */
function taken(tensors: readonly Tensor[]): number[] {
  const values = read(tensors);
  dispose([...tensors]);
  return values;
}

function captured(step: () => readonly Tensor[], results: number[]): StepGraph {
  const capture = captureStep(step);
  if (!capture.captured) throw new Error(`${capture.refusal.operation}: ${capture.refusal.reason}`);
  results.push(...read(capture.results));
  return capture.graph;
}

describe.for(CASES)("recorded updates of $name on the SIMD backend", ({ config }) => {
  beforeAll(async () => {
    await startSimd();
  });

  test("give bit for bit what eager updates give, in flat memory", () => {
    const before = { tensors: engine().memory().numTensors, backend: engine().backend.memory() };
    const [eager, replayed] = [makeRun(config), makeRun(config)];
    const [expected, actual]: [number[], number[]] = [[], []];
    const steps = 5;
    for (let step = 0; step < steps; step++) {
      eager.prepare(step);
      expected.push(...taken(eager.discriminator()), ...taken(eager.generator()));
    }
    replayed.prepare(0);
    const discriminator = captured(replayed.discriminator, actual);
    const generator = captured(replayed.generator, actual);
    const during = engine().backend.memory();
    for (let step = 1; step < steps; step++) {
      replayed.prepare(step);
      actual.push(...read(discriminator.replay()), ...read(generator.replay()));
    }
    expect(actual).toEqual(expected);
    expect(actual.every(Number.isFinite)).toBe(true);
    for (const [index, weights] of replayed.weights().entries()) {
      expect(weights.dataSync(), `weight ${String(index)}`).toEqual(eager.weights()[index]?.dataSync());
    }
    expect(engine().backend.memory()).toEqual(during);
    for (const held of [discriminator, generator, eager, replayed]) held.dispose();
    const { numBytesInMemory } = engine().backend.memory() as unknown as Readonly<Record<string, number>>;
    const earlier = before.backend as unknown as Readonly<Record<string, number>>;
    expect(numBytesInMemory).toBe(earlier.numBytesInMemory);
    expect(engine().memory().numTensors).toBe(before.tensors);
  });
});
