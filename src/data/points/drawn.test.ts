import { expect, test } from "vitest";
import { drawn } from "./drawn.ts";
import { expectPointsToFollowDensity } from "./testing.ts";

test("points follow the density of a drawing", () => {
  expectPointsToFollowDensity(
    drawn([
      [64, 64],
      [128, 200],
      [190, 64],
    ]),
  );
});

test("the corners of the drawing are those of the plane", () => {
  const corners = drawn([
    [0, 0],
    [255, 255],
  ]).modes?.centers;
  expect(corners).toEqual([
    [-2, -2],
    [2, 2],
  ]);
});

test("a drawing without a point is refused", () => {
  expect(() => drawn([])).toThrow("without a point");
});
