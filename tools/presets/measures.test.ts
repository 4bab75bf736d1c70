import { describe, expect, test } from "vitest";
import {
  describeMeasures,
  formatMeasure,
  measuresOfDuel,
  measuresOfImages,
  measuresOfPoints,
  measuresOfProbe,
  OUTCOME_MEASURE_NAMES,
} from "./measures.ts";

describe("a measure is written", () => {
  test.each([
    ["frechet", 1234.5, "1235"],
    ["frechet", 12.34, "12.3"],
    ["discriminatorLoss", -0.0123, "−0.012"],
    ["generatorGradientNorm", 0.00012345, "1.2e-4"],
    ["generatorGradientNorm", 0, "0.000"],
    ["covered", 7, "7"],
    ["coverage", 0.456, "46 %"],
    ["coverage", 0.0123, "1.2 %"],
  ] as const)("%s %d as %s", (measure, value, text) => {
    expect(formatMeasure(measure, value)).toBe(text);
  });

  test("in a line with its short name, in the order of the table", () => {
    expect(describeMeasures({ fakeScore: 0.25, frechet: 300, sharpness: 1 })).toBe("Fréchet 300 · fake 0.250");
  });
});

test("the duel's numbers are means over the last fifty steps, without what was not measured", () => {
  // 1, …, 100, of which the last fifty have the mean 75.5; half of them missing leaves the odd ones, 75.
  const rising = Float64Array.from({ length: 100 }, (_, index) => index + 1);
  const odd = rising.map((value) => (value % 2 === 0 ? NaN : value));
  const measured = measuresOfDuel({
    realScore: rising,
    fakeScore: odd,
    discriminatorLoss: rising.map(() => NaN),
    generatorGradientNorm: Float64Array.of(0.123456),
  });
  // Real less fake is 0 in every second row, and not known in the others.
  expect(measured).toEqual({ realScore: 75.5, fakeScore: 75, generatorGradientNorm: 0.1235, leadSwing: 0 });
});

test("a swing is the standard deviation of real less fake over the last 500 steps, whatever was before", () => {
  const steps = Array.from({ length: 1500 }, (_, step) => step);
  const measured = measuresOfDuel({
    realScore: Float64Array.from(steps, (step) => (step < 1000 ? 100 * step : 0.75)),
    // A whole number of periods: the deviation of a sine is its height over √2.
    fakeScore: Float64Array.from(steps, (step) => 0.5 + 0.2 * Math.sin((2 * Math.PI * step) / 100)),
    discriminatorLoss: new Float64Array(1500),
    generatorGradientNorm: new Float64Array(1500),
  });
  expect(measured.leadSwing).toBeCloseTo(0.2 / Math.SQRT2, 4);
});

test("how much of a checkerboard is in the probe is measured by its pixels", () => {
  const pixels = Uint8Array.from({ length: 16 }, (_, place) => (place % 2 === 0 ? 255 : 0));
  expect(measuresOfProbe({ count: 1, shape: [4, 4, 1], pixels })).toEqual({ checkerboard: 1 });
  expect(measuresOfProbe({ count: 1, shape: [4, 4, 1], pixels: new Uint8Array(16) })).toEqual({});
});

test("images and points have measures of their own, and what cannot be measured is absent", () => {
  const nothing = { precision: null, recall: null, density: null, copies: null, patches: 70 };
  const images = { ...nothing, frechet: 300.001, score: null, covered: 10, coverage: 0, sharpness: 0.98765 };
  expect(measuresOfImages({ measures: images })).toEqual({ frechet: 300, covered: 10, coverage: 0, sharpness: 0.9877 });
  const points = { kl: 1, jensenShannon: 0.25, wasserstein: 0.5, modes: { covered: 8, modes: 8, goodShare: 0.9 } };
  expect(measuresOfPoints(points)).toEqual({ modes: 8, goodShare: 0.9, jensenShannon: 0.25, wasserstein: 0.5 });
  expect(measuresOfPoints({ ...points, modes: null })).toEqual({ jensenShannon: 0.25, wasserstein: 0.5 });
});

test("no measure is named twice", () => {
  expect(new Set(OUTCOME_MEASURE_NAMES).size).toBe(OUTCOME_MEASURE_NAMES.length);
});
