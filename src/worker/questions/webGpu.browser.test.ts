import { afterAll, beforeAll, expect, test } from "vitest";
import { BackendError, startBackend } from "../../engine/backend.ts";
import type { BackendName } from "../../engine/backends.ts";
import { POINTS_STARTER } from "../../gan/config/starters.ts";
import type { Config } from "../../gan/config.ts";
import { present } from "../../shared/invariant.ts";
import { Harness, TINY } from "../testHarness.ts";
import type { MadeClass } from "./makeClass.question.ts";
import type { PlaneAnswer } from "./plane.question.ts";
import { pretendEvaluator } from "./pretendedEvaluator.ts";

const POINTS: Config = {
  ...TINY,
  ...POINTS_STARTER,
  dataSet: "eightGaussians",
  generator: [
    { type: "dense", units: 8, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 2, useBias: true },
  ],
  discriminator: [
    { type: "dense", units: 8, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "dense", units: 1, useBias: true },
  ],
};
/** Float32 sums of a few dozen numbers near 1, each in another order. */
const DIGITS = 4;

async function planeOn(backend: BackendName): Promise<PlaneAnswer> {
  const harness = new Harness();
  harness.backend = backend;
  await harness.configure("points", POINTS);
  const wish = { surface: false, manifold: false, told: true, densities: false, measures: false };
  return harness.ask("plane", wish, "points");
}

async function sevenOn(backend: BackendName): Promise<MadeClass> {
  await startBackend("cpu");
  const harness = new Harness(1, undefined, await pretendEvaluator());
  harness.backend = backend;
  await harness.configure("images", TINY);
  const { probe, latentDim } = await harness.ask("latents", { directions: 1 }, "images");
  return harness.ask("makeClass", { latent: probe.slice(0, latentDim), label: 7, steps: 2 }, "images");
}

function expectClose(found: Float32Array, expected: Float32Array): void {
  expect(found.length).toBe(expected.length);
  const farthest = found.reduce((most, value, place) => Math.max(most, Math.abs(value - (expected[place] ?? NaN))), 0);
  expect(farthest).toBeCloseTo(0, DIGITS);
}

let unavailable = "";

beforeAll(async () => {
  try {
    await startBackend("webgpu");
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    unavailable = error.message;
    console.warn(`Skipped: ${unavailable}`);
  }
});

afterAll(async () => {
  await startBackend("cpu");
});

test("points in the plane are made and told the same on WebGPU as in plain JavaScript", async ({ skip }) => {
  if (unavailable !== "") skip(unavailable);
  const [found, expected] = [await planeOn("webgpu"), await planeOn("cpu")];
  expectClose(found.fake, expected.fake);
  expectClose(present(found.told, "slopes"), present(expected.told, "slopes"));
});

test("a latent is turned into the same 7 on WebGPU as in plain JavaScript", async ({ skip }) => {
  if (unavailable !== "") skip(unavailable);
  const [found, expected] = [await sevenOn("webgpu"), await sevenOn("cpu")];
  expect(found.distance).toBeGreaterThan(0);
  expectClose(found.latent, expected.latent);
  expect(found.probability).toBeCloseTo(expected.probability ?? NaN, DIGITS);
});
