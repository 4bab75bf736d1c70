import { expect, test } from "vitest";
import { MEASURES } from "../../metrics/quality.ts";
import { bandOf, formatMeasure } from "./readings.ts";

test("measures are written as what they are: numbers, counts, or shares", () => {
  expect(formatMeasure(MEASURES.frechet, 3.5976)).toBe("3.60");
  expect(formatMeasure(MEASURES.covered, 9)).toBe("9");
  expect(formatMeasure(MEASURES.precision, 0.8472)).toBe("84.7 %");
  expect(formatMeasure(MEASURES.recall, null)).toBe("–");
});

test("the band lies two deviations about the mean, and never reaches zero", () => {
  expect(bandOf({ mean: 4, deviation: 0.5 })).toEqual([3, 5]);
  expect(bandOf({ mean: 4, deviation: 3 })).toEqual([0.4, 10]);
});
