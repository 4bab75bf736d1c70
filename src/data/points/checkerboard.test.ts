import { expect, test } from "vitest";
import { checkerboard } from "./checkerboard.ts";
import { expectPointsToFollowDensity } from "./testing.ts";

test("points follow the density of the board", () => {
  expectPointsToFollowDensity(checkerboard);
});

test("two fields that share a side are never both dark", () => {
  for (const x of [-1.2, -0.4, 0.4]) {
    for (const y of [-1.2, -0.4, 0.4, 1.2]) {
      const pair = [checkerboard.densityAt?.(x, y), checkerboard.densityAt?.(x + 0.8, y)];
      expect(pair.filter((density) => density === 0)).toHaveLength(1);
    }
  }
  expect(checkerboard.densityAt?.(1.7, 0)).toBe(0);
});
