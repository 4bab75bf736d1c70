import fc from "fast-check";
import { expect, test } from "vitest";
import { halfOf, numberOf } from "./halfFloat.ts";

test("every half survives the way to a number and back", () => {
  for (let half = 0; half < 2 ** 16; half++) {
    const value = numberOf(half);
    if (!Number.isNaN(value)) expect(halfOf(value)).toBe(half);
  }
  expect(numberOf(halfOf(NaN))).toBeNaN();
});

// Examples of the standard's definition, as computed by hand.
test.for([
  [1, 0x3c00],
  [-2, 0xc000],
  [65_504, 0x7bff],
  [65_519, 0x7bff],
  [65_520, 0x7c00],
  [-Infinity, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [3 * 2 ** -25, 0x0002],
  [0.1, 0x2e66],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [2 - 2 ** -12, 0x4000],
  [-0, 0x8000],
] as const)("%d is the half %d", ([value, half]) => {
  expect(halfOf(value)).toBe(half);
});

test("a number is rounded to the nearest half", () => {
  fc.assert(
    fc.property(fc.double({ min: -65_000, max: 65_000, noNaN: true }), (value) => {
      const half = halfOf(value);
      const error = Math.abs(numberOf(half) - value);
      for (const neighbour of [half - 1, half + 1]) {
        const other = numberOf(neighbour & 0xffff);
        if (Number.isFinite(other)) expect(error).toBeLessThanOrEqual(Math.abs(other - value));
      }
    }),
  );
});
