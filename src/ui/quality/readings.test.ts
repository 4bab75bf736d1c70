import { expect, test } from "vitest";
import { MEASURES } from "../../metrics/quality.ts";
import { floorOf, formatMeasure } from "./readings.ts";

test("measures are written as what they are: numbers, counts, or shares", () => {
  expect(formatMeasure(MEASURES.frechet, 3.5976)).toBe("3.60");
  expect(formatMeasure(MEASURES.covered, 9)).toBe("9");
  expect(formatMeasure(MEASURES.precision, 0.8472)).toBe("84.7 %");
  expect(formatMeasure(MEASURES.recall, null)).toBe("–");
});

test("the floor reaches two deviations about the mean, and never down to zero", () => {
  expect(floorOf({ mean: 4, deviation: 0.5 })).toEqual({ least: 3, typical: 4, greatest: 5 });
  expect(floorOf({ mean: 4, deviation: 3 })).toEqual({ least: 0.4, typical: 4, greatest: 10 });
});
