/** A step that is looked at, beside one that is not: the same weights and measurements, and tensors that add up. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import { POINTS_STARTER } from "../../gan/config/starters.ts";
import type { Config } from "../../gan/config.ts";
import { present } from "../../shared/invariant.ts";
import { Harness, SHARD_SIZE, shard, TINY } from "../testHarness.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

const CONFIGS: Readonly<Record<string, Config>> = {
  "the tiny one": TINY,
  "several updates a step": { ...TINY, discriminatorSteps: 3 },
  "a penalty between real and fake": {
    ...TINY,
    loss: "wasserstein",
    gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
    discriminator: [{ type: "flatten" }, { type: "dense", units: 1, useBias: true }],
  },
  "clipped gradients": { ...TINY, gradientClip: { discriminator: 0.01, generator: 0.01 } },
  "all that disguises images": {
    ...TINY,
    instanceNoise: 0.1,
    augmentation: { translation: true, cutout: true, brightness: true },
    labelFlipping: 0.2,
  },
  "a classifier and a relative loss": {
    ...TINY,
    loss: "relativisticAverage",
    conditioning: { type: "auxiliaryClassifier", weight: 0.5 },
  },
  "points in the plane": { ...TINY, ...POINTS_STARTER, dataSet: "eightGaussians" },
  "a weight clip": { ...TINY, loss: "wasserstein", weightClip: 0.01 },
};

describe.each(Object.entries(CONFIGS))("with %s", (_, config) => {
  test("a slow step moves weights and measurements as a plain one does, between plain ones", async () => {
    const plain = new Harness();
    await plain.configure("run", config);
    const slow = new Harness();
    await slow.configure("run", config);
    for (const isSlow of [true, false, true]) {
      const expected = await plain.step("both");
      if (isSlow) await slow.ask("slowStep", null);
      const paused = isSlow ? present(slow.all("paused").at(-1), "a report") : await slow.step("both");
      expect(paused).toMatchObject({ step: expected.step, why: "stepped", fingerprints: expected.fingerprints });
    }
    const measured = { ...(await slow.history()), milliseconds: null };
    expect(measured).toEqual({ ...(await plain.history()), milliseconds: null });
  });
});

test("the costs make up the losses, the scores the measured ones, and the layers the measured gradient norms", async () => {
  const harness = new Harness();
  await harness.configure();
  const { step, discriminator, generator } = await harness.ask("slowStep", null);
  const { latest } = present(harness.all("progress").at(-1), "progress");
  const told = present(discriminator, "the discriminator's update");
  const fooled = present(generator, "the generator's update");
  expect(step).toBe(1);
  // The means of four float32 numbers, taken twice.
  expect(mean(told.reals.costs) + mean(told.fakes.costs)).toBeCloseTo(told.loss, 5);
  expect(told.loss).toBe(latest?.discriminatorLoss);
  expect(mean(fooled.fakes.costs)).toBeCloseTo(fooled.loss, 5);
  expect(mean(told.reals.logits.map(sigmoid))).toBeCloseTo(latest?.realScore ?? NaN, 5);
  expect(mean(fooled.fakes.logits.map(sigmoid))).toBeCloseTo(latest?.fakeScore ?? NaN, 5);
  const norm = Math.hypot(...told.layers.map(({ gradientNorm }) => gradientNorm));
  expect(norm).toBeCloseTo(latest?.discriminatorGradientNorm ?? NaN, 4);
  expect(told.layers.map(({ index, type }) => `${String(index)} ${type}`)).toEqual(["2 dense"]);
  expect(fooled.layers.map(({ type }) => type)).toEqual(["dense", "batchNorm"]);
  for (const { moved, weightNorm } of [...told.layers, ...fooled.layers]) {
    expect(moved).toBeGreaterThan(0);
    expect(weightNorm).toBeGreaterThan(0);
  }
});

test("flipped labels and a classifier are told besides, and add up to what was measured", async () => {
  const harness = new Harness();
  const labelFlipping = 0.4;
  await harness.configure("run", {
    ...TINY,
    batchSize: 32,
    labelFlipping,
    conditioning: { type: "auxiliaryClassifier", weight: 0.5 },
  });
  const { discriminator, generator } = await harness.ask("slowStep", null);
  const { latest } = present(harness.all("progress").at(-1), "progress");
  const told = present(discriminator, "the discriminator's update");
  const flips = present(told.flips, "flipped labels");
  expect(told.loss + flips.cost).toBeCloseTo(latest?.discriminatorLoss ?? NaN, 5);
  // Of 64 labels about 26 are flipped, and 10 to 42 within four standard deviations.
  expect(flips.real + flips.fake).toBeGreaterThan(10);
  expect(flips.real + flips.fake).toBeLessThan(42);
  // At first a classifier of ten classes is about as sure as chance: −log(1/10) of each group, by its weight.
  expect(told.classLoss).toBeGreaterThan(0.5 * Math.log(10));
  expect(generator?.classLoss).toBeGreaterThan(0);
  expect(generator?.classes?.fake).toHaveLength(8);
  // The shard's classes come in turn, and an image shows the place that its class says.
  const { pixels, labels } = shard(0);
  for (const [item, name] of (told.classes?.real ?? []).entries()) {
    const first = told.real.slice(784 * item, 784 * (item + 1)).map((value) => Math.round((value + 1) * 127.5));
    const place = Array.from({ length: SHARD_SIZE }, (_, at) => at).find((at) =>
      first.every((byte, pixel) => byte === pixels[at * 784 + pixel]),
    );
    expect(name).toBe(String(labels[place ?? NaN]));
  }
});

test("images in disguise are carried beside those that were made, where there is a disguise", async () => {
  const harness = new Harness();
  await harness.configure("run", {
    ...TINY,
    instanceNoise: 0.125,
    augmentation: { translation: false, cutout: true, brightness: true },
  });
  const { discriminator, generator } = await harness.ask("slowStep", null);
  const [told, fooled] = [present(discriminator, "one update"), present(generator, "the other")];
  expect(told.disguise).toMatchObject({ augmentations: ["brightness", "cutout"], noise: 0.125 });
  expect(told.disguise?.real).toHaveLength(told.real.length);
  expect(told.disguise?.real).not.toEqual(told.real);
  expect(fooled.disguise?.fake).not.toEqual(fooled.fake);
  expect(fooled.disguise?.real).toBeNull();

  const plain = new Harness();
  await plain.configure();
  expect((await plain.ask("slowStep", null)).discriminator?.disguise).toBeNull();
});

test("it carries the first images of the batch, and what each pixel is told is against its slope", async () => {
  const config: Config = {
    ...TINY,
    batchSize: 12,
    loss: "wasserstein",
    discriminator: [{ type: "flatten" }, { type: "dense", units: 1, useBias: true }],
  };
  const harness = new Harness();
  await harness.configure("run", config);
  const { discriminator, generator } = await harness.ask("slowStep", null);
  const told = present(discriminator, "the discriminator's update");
  expect(told.carried).toBe(8);
  expect(told.z).toHaveLength(8 * 3);
  expect(told.reals.logits).toHaveLength(12);
  // Every real image is one of the shard's, byte for byte.
  const { pixels } = shard(0);
  const first = told.real.slice(0, 784).map((value) => Math.round((value + 1) * 127.5));
  const items = Array.from({ length: SHARD_SIZE }, (__, item) => pixels.slice(item * 784, (item + 1) * 784));
  expect(items.some((item) => item.every((byte, at) => byte === first[at]))).toBe(true);
  // With one linear layer, −∂loss/∂pixel is its weight over the batch, so that all images are told the same.
  const wanted = present(generator, "the generator's update").told;
  expect(wanted.slice(784, 1568)).toEqual(wanted.slice(0, 784));
  expect(Math.hypot(...wanted.slice(0, 784))).toBeGreaterThan(0);
});

test("a run under way refuses, and memory stays flat over slow steps", async () => {
  const harness = new Harness();
  await harness.configure();
  harness.send({ type: "train", run: "run" });
  harness.send({ type: "ask", run: "run", request: 7, asked: { name: "slowStep", question: null } });
  expect((await harness.next("failed")).message).toBe("The run is training.");
  harness.send({ type: "pause", run: "run" });
  await harness.next("paused");
  await harness.ask("slowStep", null);
  const before = memory();
  for (let step = 0; step < 3; step++) await harness.ask("slowStep", null);
  expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
});

test("batch norm remembers the same after a slow step", async () => {
  const [plain, slow] = [new Harness(), new Harness()];
  for (const harness of [plain, slow]) {
    await harness.configure();
    harness.send({ type: "acknowledgeSamples", run: "run" });
  }
  await plain.step("both");
  await slow.ask("slowStep", null);
  // The images come from the generator's running statistics.
  const [expected, images] = [plain, slow].map((harness) => harness.all("samples").at(-1));
  expect(expected?.step).toBe(1);
  expect(images).toEqual(expected);
});
