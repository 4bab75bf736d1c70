import { expect, test } from "vitest";
import { eightGaussians } from "./eightGaussians.ts";
import { pick, samplePoints } from "./distribution.ts";

test("the same key gives the same points, another draw or seed gives others", () => {
  const points = samplePoints(eightGaussians, { seed: 3, draw: 0 }, 50);
  expect(samplePoints(eightGaussians, { seed: 3, draw: 0 }, 50)).toEqual(points);
  expect(samplePoints(eightGaussians, { seed: 3, draw: 1 }, 50)).not.toEqual(points);
  expect(samplePoints(eightGaussians, { seed: 4, draw: 0 }, 50)).not.toEqual(points);
});

test("picking uses a number up evenly and hands on what is left of it", () => {
  expect(pick(["a", "b", "c", "d"], 0)).toEqual(["a", 0]);
  expect(pick(["a", "b", "c", "d"], 0.625)).toEqual(["c", 0.5]);
  expect(pick(["a", "b", "c", "d"], 0.75)).toEqual(["d", 0]);
});
