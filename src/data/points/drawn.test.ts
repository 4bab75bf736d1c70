import { expect, test } from "vitest";
import { drawn } from "./drawn.ts";
import { expectPointsToFollowDensity } from "./testing.ts";

test("points follow the density of a drawing", () => {
  expectPointsToFollowDensity(
    drawn(
      [
        [64, 64],
        [128, 200],
        [190, 64],
      ],
      0.06,
    ),
  );
});

test("the corners of the drawing are those of the plane", () => {
  const corners = drawn(
    [
      [0, 0],
      [255, 255],
    ],
    0.06,
  ).modes?.centers;
  expect(corners).toEqual([
    [-2, -2],
    [2, 2],
  ]);
});

test("a drawing without a point is refused", () => {
  expect(() => drawn([], 0.06)).toThrow("without a point");
});

test("a wider spread scatters points further about the same places", () => {
  const { modes, pointOf } = drawn([[128, 128]], 0.2);
  const [x = NaN, y = NaN] = modes?.centers[0] ?? [];
  expect(modes?.deviation).toBe(0.2);
  expect(pointOf({ u: 0, v: 0, m: 1, n: -1 })).toEqual([x + 0.2, y - 0.2]);
});
