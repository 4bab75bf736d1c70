import { expect, test } from "vitest";
import { eightGaussians } from "./eightGaussians.ts";
import { expectPointsToFollowDensity, pointsOf } from "./testing.ts";

test("points follow the density of the mixture", () => {
  expectPointsToFollowDensity(eightGaussians);
});

test("the modes are eight, alike in distance from the middle and from one another", () => {
  const centers = eightGaussians.modes?.centers ?? [];
  expect(centers).toHaveLength(8);
  for (const [index, [x, y]] of centers.entries()) {
    const [nextX, nextY] = centers[(index + 1) % 8] ?? [NaN, NaN];
    expect(Math.hypot(x, y)).toBeCloseTo(1.4, 12);
    expect(Math.hypot(nextX - x, nextY - y)).toBeCloseTo(2 * 1.4 * Math.sin(Math.PI / 8), 12);
  }
});

test("nearly all points lie within three deviations of a mode", () => {
  const points = pointsOf(eightGaussians, 10_000);
  const { centers, deviation } = eightGaussians.modes ?? { centers: [], deviation: NaN };
  const good = points.filter(([x, y]) => centers.some(([cx, cy]) => Math.hypot(x - cx, y - cy) < 3 * deviation)).length;
  // In the plane a share of 1 − exp(−9/2) = 0.98889 does, known here to 0.001; five times that.
  expect(Math.abs(good / 10_000 - (1 - Math.exp(-4.5)))).toBeLessThan(0.005);
});
