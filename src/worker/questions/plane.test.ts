import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import { POINTS_STARTER } from "../../gan/config/starters.ts";
import type { Config } from "../../gan/config.ts";
import { present } from "../../shared/invariant.ts";
import { Harness, TINY } from "../testHarness.ts";
import { MANIFOLD_SIDE, SHOWN_POINTS, SURFACE_SIDE, type PlaneWish } from "./plane.question.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const LINEAR: Config = {
  ...TINY,
  ...POINTS_STARTER,
  dataSet: "eightGaussians",
  loss: "wasserstein",
  generator: [{ type: "dense", units: 2, useBias: true }],
  discriminator: [{ type: "dense", units: 1, useBias: true }],
};
const ALL: PlaneWish = { surface: true, manifold: true, told: true, densities: true, measures: true };
const POINTS: PlaneWish = { surface: false, manifold: false, told: false, densities: false, measures: false };

async function standing(config: Config): Promise<Harness> {
  const harness = new Harness();
  await harness.configure("run", config);
  return harness;
}

test("points come alone where nothing else is wanted, the same every time", async () => {
  const harness = await standing(LINEAR);
  const first = await harness.ask("plane", POINTS);
  expect(first).toMatchObject({ step: 0, surface: null, manifold: null, told: null, densities: null, measures: null });
  expect([first.real.length, first.fake.length]).toEqual([2 * SHOWN_POINTS, 2 * SHOWN_POINTS]);
  expect((await harness.ask("plane", ALL)).fake).toEqual(first.fake);
});

test("with a linear D every fake is told to go up its slope, which the surface has too", async () => {
  const harness = await standing(LINEAR);
  const answer = await harness.ask("plane", ALL);
  const told = present(answer.told, "what fakes are told");
  const surface = present(answer.surface, "the surface");
  const [right = NaN, up = NaN] = told;
  expect(told.every((slope, index) => slope === (index % 2 === 0 ? right : up))).toBe(true);
  const logit = (cell: number) => Math.log((surface[cell] ?? NaN) / (1 - (surface[cell] ?? NaN)));
  const length = (2 * answer.extent) / SURFACE_SIDE;
  // Float32 scores near a half tell a logit to 1e-6, over sixty cells of 1/16.
  expect((logit(60) - logit(0)) / (60 * length)).toBeCloseTo(right, 4);
  expect((logit(60 * SURFACE_SIDE) - logit(0)) / (60 * length)).toBeCloseTo(up, 4);
});

test("a linear generator takes the latent grid to one of equal parallelograms", async () => {
  const { manifold } = await (await standing(LINEAR)).ask("plane", ALL);
  const { points, masses, latentDim } = present(manifold, "the manifold");
  expect([latentDim, points.length, masses.length]).toEqual([2, 2 * MANIFOLD_SIDE ** 2, (MANIFOLD_SIDE - 1) ** 2]);
  const step = (node: number) => (points[2 * node + 2] ?? NaN) - (points[2 * node] ?? NaN);
  expect(step(0)).toBeCloseTo(step(7 * MANIFOLD_SIDE + 11), 5);
  // Of normal latents 98.76 percent lie within 2.5 along each axis.
  expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(0.98758 ** 2, 3);
});

test.each([1, 5])("latents of %i dimensions have a grid too", async (latentDim) => {
  const harness = await standing({ ...LINEAR, latentDim });
  const { manifold } = await harness.ask("plane", { ...POINTS, manifold: true });
  expect(manifold).toMatchObject({ latentDim });
  expect(manifold?.points.every(Number.isFinite)).toBe(true);
});

test("an untrained generator is measured to be far from eight clouds", async () => {
  const { measures, densities } = await (await standing(LINEAR)).ask("plane", ALL);
  expect(measures?.jensenShannon).toBeGreaterThan(0.3);
  expect(measures?.kl).toBeGreaterThan(1);
  expect(measures?.wasserstein).toBeGreaterThan(0.1);
  expect(measures?.modes).toMatchObject({ modes: 8 });
  const area = (4 / SURFACE_SIDE) ** 2;
  expect(densities?.real.reduce((sum, density) => sum + density * area, 0)).toBeCloseTo(1, 3);
});

test("a run of images is refused, and memory stays flat over looks", async () => {
  const images = await standing(TINY);
  images.send({ type: "ask", run: "run", request: 3, asked: { name: "plane", question: POINTS } });
  expect((await images.next("failed")).message).toBe("This run makes images, not points.");
  const harness = await standing(LINEAR);
  await harness.ask("plane", ALL);
  const before = memory();
  for (let look = 0; look < 3; look++) await harness.ask("plane", ALL);
  expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
});
