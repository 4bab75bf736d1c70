import { expect, test } from "vitest";
import { mean, standardDeviation } from "./statistics.ts";

test("the mean and the standard deviation are those of the whole population", () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(mean(values)).toBe(5);
  expect(standardDeviation(values)).toBe(2);
});

test("nothing has neither", () => {
  expect(mean([])).toBeNaN();
  expect(standardDeviation([])).toBeNaN();
});
