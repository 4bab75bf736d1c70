import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../../../gan/config.ts";
import { signsOf } from "../syntheticSigns.ts";
import { vanishingGradient } from "./vanishingGradient.ts";

const levelOf = (norm: (step: number) => number) =>
  vanishingGradient.examine(signsOf(400, { generatorGradientNorm: norm }))?.level;

test("is found where the gradient has shrunk to a hundredth, or was next to nothing all along", () => {
  expect(levelOf((step) => Math.exp(-step / 50))).toBeGreaterThan(1);
  expect(levelOf(() => 0.0045)).toBeGreaterThan(1);
  expect(levelOf(() => 0)).toBeGreaterThan(1);
});

test("is not found where the gradient is small but steady, or falls by a few times", () => {
  expect(levelOf(() => 0.03)).toBeLessThan(0.7);
  expect(levelOf((step) => 1 / Math.sqrt(step))).toBeLessThan(0.7);
});

test("a leash is lengthened only where it is short", () => {
  const [leash] = vanishingGradient.remedies;
  expect(leash?.to({ ...DEFAULT_CONFIG, weightClip: 0.001 })).toBe(0.01);
  expect(leash?.to({ ...DEFAULT_CONFIG, weightClip: 0.05 })).toBeUndefined();
  expect(leash?.to({ ...DEFAULT_CONFIG, weightClip: null })).toBeUndefined();
});
