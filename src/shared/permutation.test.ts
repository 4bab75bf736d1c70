import fc from "fast-check";
import { expect, test } from "vitest";
import { permute } from "./permutation.ts";

test("a permutation visits every index exactly once, whatever the length, seed and epoch", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat({ max: 1000 }), (length, seed, epoch) => {
      const visited = new Set(Array.from({ length }, (_, index) => permute(index, length, seed, epoch)));
      expect(visited.size).toBe(length);
      expect(Math.max(...visited)).toBe(length - 1);
    }),
  );
});

test("another epoch or another seed gives another order", () => {
  const order = (seed: number, epoch: number) =>
    Array.from({ length: 100 }, (_, index) => permute(index, 100, seed, epoch));
  expect(order(1, 1)).not.toEqual(order(1, 0));
  expect(order(2, 0)).not.toEqual(order(1, 0));
  expect(order(1, 0)).toEqual(order(1, 0));
});

test("neighbours are sent far apart: the mean distance of 60,000 neighbours is near that of chance, a third of the length", () => {
  const length = 60_000;
  let distance = 0;
  for (let index = 1; index < length; index++) {
    distance += Math.abs(permute(index, length, 5, 0) - permute(index - 1, length, 5, 0));
  }
  // Independent draws give length / 3 with a standard error of about 0.1 %; a keyed permutation is allowed 3 %.
  expect(distance / (length - 1) / (length / 3)).toBeGreaterThan(0.97);
  expect(distance / (length - 1) / (length / 3)).toBeLessThan(1.03);
});
