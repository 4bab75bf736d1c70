import { expect, test } from "vitest";
import { disjointLines } from "./disjointLines.ts";
import { expectPointsToFollowDensity, pointsOf } from "./testing.ts";

test("points follow the density of the lines", () => {
  expectPointsToFollowDensity(disjointLines);
});

test("no point lies between two lines", () => {
  for (const [x] of pointsOf(disjointLines, 5000)) {
    expect(Math.min(...[-1.2, 0, 1.2].map((line) => Math.abs(x - line)))).toBeLessThan(0.3);
  }
});
