import { expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { modeCoverage } from "./modeCoverage.ts";

const CLOUDS = {
  centers: [
    [-1, 0],
    [1, 0],
    [0, 1],
  ],
  deviation: 0.1,
} as const;

test("a cloud is covered by one point in it, and points beside all clouds are not good", () => {
  const points = Float32Array.from([-1, 0.2, -0.9, 0, 1.31, 0, 5, 5, 0, 0.75]);
  expect(modeCoverage(points, CLOUDS)).toEqual({ covered: 2, modes: 3, goodShare: 3 / 5 });
});

test("of a cloud's own points 1 − exp(−9/2) are good", () => {
  const points = normal({ seed: 1, stream: "points", draw: 0 }, 40_000).map((value, index) =>
    index % 2 === 0 ? 1 + 0.1 * value : 0.1 * value,
  );
  const { covered, goodShare } = modeCoverage(points, CLOUDS);
  expect(covered).toBe(1);
  // A share of 0.9889 of 20,000 points is known to 0.0007; five times that.
  expect(Math.abs(goodShare - (1 - Math.exp(-4.5)))).toBeLessThan(0.004);
});

test("points that are no numbers are not good", () => {
  expect(modeCoverage(Float32Array.from([NaN, 0]), CLOUDS)).toEqual({ covered: 0, modes: 3, goodShare: 0 });
});
