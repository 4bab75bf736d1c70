import { unregisterKernel } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBackend } from "../engine/backend.ts";
import { registerBlend } from "../engine/operations/blend.wgsl.ts";
import { Harness, TINY } from "./testHarness.ts";

function webGpuHarness(): Harness {
  const harness = new Harness();
  harness.backend = "webgpu";
  return harness;
}

/** The spy lets the call through: it only notes which kernels somebody waited for. */
const compileAtOnce = vi.spyOn(GPUDevice.prototype, "createComputePipeline");

beforeAll(async () => {
  await startBackend("webgpu");
});

afterAll(async () => {
  compileAtOnce.mockRestore();
  await startBackend("cpu");
});

test("all kernels of a run are compiled before its first images, while commands are taken, and none later", async () => {
  const harness = webGpuHarness();
  const { fingerprints } = await harness.configure("first");
  // Building the networks fills tensors with zeros, by one small kernel.
  compileAtOnce.mockClear();
  harness.send({ type: "train", run: "first" });
  harness.send({ type: "pause", run: "first" });
  const paused = await harness.next("paused");
  // Answered in the midst of it: nothing has been shown, and the rehearsal of the updates has moved no weight.
  expect(paused).toMatchObject({ step: 0, why: "asked", fingerprints });
  expect(harness.all("samples")).toEqual([]);

  await harness.next("samples");
  const reports = harness.all("preparation");
  const total = reports[0]?.total ?? 0;
  expect(reports[0]).toMatchObject({ ready: 0 });
  expect(total).toBeGreaterThan(10);
  expect(reports.at(-1)).toMatchObject({ ready: total, total });
  const counts = reports.map(({ ready }) => ready);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));

  await harness.trainUntil(3, "first");
  expect(compileAtOnce.mock.calls.map(([{ label }]) => label)).toEqual([]);
  // Its dropout and its batch norm are replayed like the rest.
  expect(harness.all("notRecorded")).toEqual([]);
});

test("a run whose kernels are all there begins at once and says nothing of them", async () => {
  const harness = webGpuHarness();
  // The same networks as before.
  await harness.configure("second", { ...TINY, seed: 2 });
  await harness.next("samples");
  expect(harness.all("preparation")).toEqual([]);
});

test("an update that assigns a weight is made all the same, and the weight is named by its place", async () => {
  const discriminator = [
    { type: "flatten" },
    { type: "dense", units: 5, useBias: true },
    { type: "batchNorm" },
    { type: "dense", units: 1, useBias: true },
  ] as const;
  const harness = webGpuHarness();
  // Without it, the pass of the penalty gives running statistics other tensors instead of changing them in place.
  unregisterKernel("DuelBlend", "webgpu");
  await harness.configure("third", {
    ...TINY,
    discriminator,
    gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
  });
  expect((await harness.trainUntil(2, "third")).why).toBe("reachedStep");
  expect(harness.all("notRecorded")).toMatchObject([
    { phase: "discriminator", operation: "2.movingMean of the discriminator" },
  ]);
  registerBlend();
});
