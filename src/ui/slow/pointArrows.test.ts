import { expect, test } from "vitest";
import { LONGEST_ARROW, pointArrows } from "./pointArrows.ts";

test("the longest arrow is always as long, and the others are in proportion", () => {
  const at = Float32Array.of(0.5, -1, 1, 1);
  for (const size of [1, 2 ** -20]) {
    const [longest, other] = pointArrows(at, Float32Array.of(0, -2 * size, size, 0));
    expect(longest).toEqual({ x: 0.5, y: -1, right: 0, up: -LONGEST_ARROW });
    expect(other).toEqual({ x: 1, y: 1, right: LONGEST_ARROW / 2, up: 0 });
  }
});

test("where nothing is told, no arrow has a length", () => {
  expect(pointArrows(Float32Array.of(1, 2), Float32Array.of(0, 0))).toEqual([{ x: 1, y: 2, right: 0, up: 0 }]);
});
