import { expect, test } from "vitest";
import { line } from "./line.ts";
import { expectPointsToFollowDensity, pointsOf } from "./testing.ts";

test("points follow the density of the line", () => {
  expectPointsToFollowDensity(line);
});

test("points lie on both sides of the line y = 9/14 x and close to it", () => {
  // The deviation across is 0.05, so that of y alone is 0.05 √(1 + (9/14)²) = 0.06.
  const distances = pointsOf(line, 2000).map(([x, y]) => y - (9 / 14) * x);
  expect(Math.max(...distances)).toBeLessThan(0.3);
  expect(Math.abs(distances.reduce((sum, distance) => sum + distance, 0) / 2000)).toBeLessThan(0.01);
});
