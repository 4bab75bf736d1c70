import { expect, test } from "vitest";
import { median } from "./statistics.ts";

test("the median of an odd number of values is the middle one, in whatever order they come", () => {
  expect(median([5, 1, 100])).toBe(5);
});

test("the median of an even number of values lies between the two in the middle", () => {
  expect(median([10, 2, 4, 1])).toBe(3);
});

test("one value is its own median, and nothing has none", () => {
  expect(median([7])).toBe(7);
  expect(() => median([])).toThrow("no median");
});
