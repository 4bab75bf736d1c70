import { expect, test } from "vitest";
import { spreadOf } from "./spread.ts";

test("a spread is the mean and the unbiased deviation", () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) });
  expect(() => spreadOf([1])).toThrow(/two numbers/);
});
