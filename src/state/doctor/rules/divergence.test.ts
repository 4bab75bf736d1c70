import { expect, test } from "vitest";
import { signsOf } from "../syntheticSigns.ts";
import { divergence } from "./divergence.ts";

const levelOf = (...given: Parameters<typeof signsOf>) => divergence.examine(signsOf(...given))?.level;

test("is found where a loss or a gradient grows without end, to either side", () => {
  expect(levelOf(400, { discriminatorLoss: (step) => Math.exp(step / 50) })).toBeGreaterThan(1);
  expect(levelOf(400, { generatorLoss: (step) => -Math.exp(step / 50) })).toBeGreaterThan(1);
  expect(levelOf(400, { generatorGradientNorm: (step) => Math.exp(step / 30) })).toBeGreaterThan(1);
});

test("is found at once where a loss is no number any more", () => {
  expect(levelOf(3, {}, { diverged: true })).toBeGreaterThan(1);
});

test("is found where samples differ far more than real images, and not where they differ as much", () => {
  expect(levelOf(400, {}, { variety: 1.6 })).toBeGreaterThan(1);
  expect(levelOf(400, {}, { variety: 1 })).toBeLessThan(0.7);
});

test("is not found where losses rise by a few times, or jump in a single step", () => {
  expect(levelOf(400, { generatorLoss: (step) => 1 + step / 80 })).toBeLessThan(0.7);
  expect(levelOf(400, { generatorLoss: (step) => (step === 390 ? 1e6 : 1) })).toBeLessThan(0.7);
  expect(levelOf(400, { discriminatorLoss: () => -80 })).toBeLessThan(0.7);
});
