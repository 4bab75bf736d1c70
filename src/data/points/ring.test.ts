import { expect, test } from "vitest";
import { ring } from "./ring.ts";
import { expectPointsToFollowDensity, pointsOf } from "./testing.ts";

test("points follow the density of the ring", () => {
  expectPointsToFollowDensity(ring);
});

test("the distance from the middle has the mean 1.3 and the deviation 0.06", () => {
  const distances = pointsOf(ring, 10_000).map(([x, y]) => Math.hypot(x, y));
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const variance = distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / distances.length;
  // Of 10,000 points the mean is known to 0.0006 and the deviation to 0.0004; five times that.
  expect(Math.abs(mean - 1.3)).toBeLessThan(0.003);
  expect(Math.abs(Math.sqrt(variance) - 0.06)).toBeLessThan(0.002);
});
