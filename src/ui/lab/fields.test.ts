import { expect, test } from "vitest";
import { MANIFOLD_SIDE, SURFACE_SIDE } from "../../worker/questions/plane.question.ts";
import { certainty, densityDifference, manifoldCells, optimalScores, valueAt } from "./fields.ts";

const densities = { real: Float32Array.from([3, 1, 0]), fake: Float32Array.from([1, 1, 0]) };

test("the best discriminator knows the share of the data, and nothing where nothing lies", () => {
  expect([...optimalScores(densities)]).toEqual([0.75, 0.5, NaN]);
});

test("the best scores are certain where data lie, and less so where next to nothing does", () => {
  const thin = { real: Float32Array.from([1, 0.01, 0]), fake: Float32Array.from([0, 0.015, 0]) };
  const found = certainty(thin);
  // A twentieth of the greatest density is enough; float32 numbers.
  expect(found[0]).toBe(1);
  expect(found[1]).toBeCloseTo(0.5, 6);
  expect(found[2]).toBe(0);
});

test("the difference is positive where the generator puts too many", () => {
  const difference = densityDifference({ real: Float32Array.from([4, 0]), fake: Float32Array.from([1, 2]) });
  expect([...difference]).toEqual([-0.75, 0.5]);
});

test("a field that rises evenly is read exactly between the middles of cells, and held at the edge", () => {
  const middle = (place: number) => ((place + 0.5) / SURFACE_SIDE) * 4 - 2;
  const field = Float32Array.from({ length: SURFACE_SIDE ** 2 }, (_, cell) => {
    return middle(cell % SURFACE_SIDE) + 10 * middle(Math.floor(cell / SURFACE_SIDE));
  });
  // Float32 numbers up to 22.
  expect(valueAt(field, 2, 0.333, -1.1)).toBeCloseTo(0.333 - 11, 4);
  expect(valueAt(field, 2, 5, 5)).toBe(valueAt(field, 2, 2, 2));
});

test("a grid that is stretched holds its latents less densely", () => {
  const cells = (MANIFOLD_SIDE - 1) ** 2;
  const points = new Float32Array(2 * MANIFOLD_SIDE ** 2).map((_, index) => {
    const node = Math.floor(index / 2);
    return index % 2 === 0 ? 0.2 * (node % MANIFOLD_SIDE) : 0.1 * Math.floor(node / MANIFOLD_SIDE);
  });
  const found = manifoldCells({ points, masses: new Float32Array(cells).fill(0.01), latentDim: 2 });
  expect(found).toHaveLength(cells);
  // 0.01 of the latents on 0.2 × 0.1, in float32.
  for (const { density } of found) expect(density).toBeCloseTo(0.5, 4);
});
