import { expect, test } from "vitest";
import { scatterOf } from "./scatter.ts";

test("a point brightens the pixel it falls on, with y upwards", () => {
  const { count, shape, pixels } = scatterOf(Float32Array.of(-1.99, 1.99, 1.99, -1.99, 1.99, -1.99));
  expect([count, shape]).toEqual([1, [128, 128, 1]]);
  const bright = [...pixels.entries()].filter(([, grey]) => grey !== 24);
  // The upper left corner once, the lower right one twice.
  expect(bright).toEqual([
    [0, 124],
    [128 * 128 - 1, 224],
  ]);
});

test("points outside the plane, and those that are no numbers, leave no trace", () => {
  expect(new Set(scatterOf(Float32Array.of(2.5, 0, 0, -9, NaN, 0, Infinity, 1)).pixels)).toEqual(new Set([24]));
});
