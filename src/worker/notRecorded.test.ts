/** What the worker says of networks whose updates cannot be replayed, on a backend that replays and on one that does not. */
import { getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBackend } from "../engine/backend.ts";
import type { BackendName } from "../engine/backends.ts";
import type { Config } from "../gan/config.ts";
import { Harness, TINY } from "./testHarness.ts";

const PENALIZED: Config = {
  ...TINY,
  discriminator: [
    { type: "flatten" },
    { type: "dense", units: 5, useBias: true },
    { type: "batchNorm" },
    { type: "dense", units: 1, useBias: true },
  ],
  gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
};

/** Without this kernel, the pass of the penalty gives running statistics other tensors instead of changing them in place. */
const TAKEN_AWAY = ["DuelBlend", "simd"] as const;
let kept: ReturnType<typeof getKernel>;

beforeAll(async () => {
  await startBackend("simd");
  kept = getKernel(...TAKEN_AWAY);
  unregisterKernel(...TAKEN_AWAY);
});

afterAll(async () => {
  // Other tests share the table of kernels.
  registerKernel(kept);
  await startBackend("cpu");
});

async function said(backend: BackendName, config: Config) {
  const harness = new Harness();
  harness.backend = backend;
  await harness.configure("run", config);
  await harness.trainUntil(3);
  return harness.all("notRecorded");
}

test("where steps are replayed, the player whose updates cannot be is named once, with an operation and a reason", async () => {
  const notes = await said("simd", PENALIZED);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({ run: "run", phase: "discriminator" });
  expect(notes[0]?.operation).toMatch(/\w+/);
  expect(notes[0]?.reason).toMatch(/^(it|its|the) /);
});

test("nothing is said where everything is replayed, nor where nothing ever is", async () => {
  expect(await said("simd", { ...PENALIZED, gradientPenalty: null })).toEqual([]);
  expect(await said("cpu", PENALIZED)).toEqual([]);
});
