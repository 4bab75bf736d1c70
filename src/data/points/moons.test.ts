import { expect, test } from "vitest";
import { moons } from "./moons.ts";
import { expectPointsToFollowDensity, pointsOf } from "./testing.ts";

test("points follow the density of both moons", () => {
  expectPointsToFollowDensity(moons);
});

test("one moon is the other turned by half a turn", () => {
  const density = moons.densityAt;
  for (const [x, y] of pointsOf(moons, 200)) expect(density?.(-x, -y)).toBeCloseTo(density?.(x, y) ?? NaN, 9);
});
