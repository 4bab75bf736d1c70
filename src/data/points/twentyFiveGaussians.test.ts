import { expect, test } from "vitest";
import { expectPointsToFollowDensity } from "./testing.ts";
import { twentyFiveGaussians } from "./twentyFiveGaussians.ts";

test("points follow the density of the mixture", () => {
  expectPointsToFollowDensity(twentyFiveGaussians);
});

test("the modes are a grid of five by five", () => {
  const centers = twentyFiveGaussians.modes?.centers ?? [];
  expect(new Set(centers.map(String)).size).toBe(25);
  expect(new Set(centers.map(([x]) => x)).size).toBe(5);
  expect(new Set(centers.map(([, y]) => y)).size).toBe(5);
});
