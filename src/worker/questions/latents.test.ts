import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import { Harness, TINY } from "../testHarness.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

test("the latents of the grid make the images of the grid", async () => {
  const harness = new Harness();
  await harness.configure();
  const { images } = await harness.next("samples");
  const { probe, latentDim } = await harness.ask("latents", { directions: 2 });
  expect(latentDim).toBe(TINY.latentDim);
  expect(probe).toHaveLength(images.count * latentDim);
  const again = await harness.ask("render", { kind: "given", values: probe, count: images.count });
  expect(again.pixels).toEqual(images.pixels);
});

test("the directions are unit vectors with falling shares, and all dimensions together carry everything", async () => {
  const harness = new Harness();
  await harness.configure();
  const { directions, shares, importance } = await harness.ask("latents", { directions: 3 });
  // Float32 unit vectors.
  for (const direction of directions) expect(Math.hypot(...direction)).toBeCloseTo(1, 5);
  expect([...shares].sort((a, b) => b - a)).toEqual(shares);
  expect(importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
});
