import { expect, test } from "vitest";
import { expectPointsToFollowDensity, pointsOf } from "./testing.ts";
import { twoRings } from "./twoRings.ts";

test("points follow the density of both rings", () => {
  expectPointsToFollowDensity(twoRings);
});

test("half of the points lie on the inner ring", () => {
  const inner = pointsOf(twoRings, 10_000).filter(([x, y]) => Math.hypot(x, y) < 1.05).length;
  // √(10,000 / 4) = 50; five times that.
  expect(Math.abs(inner - 5000)).toBeLessThan(250);
});
