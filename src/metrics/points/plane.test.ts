import { expect, test } from "vitest";
import { countInCells, densityOf } from "./plane.ts";

const GRID = { side: 4, extent: 2 };

test("points are counted in their cells from the lower left, and those outside or no numbers in none", () => {
  const points = Float32Array.from([-1.5, -1.5, -1.5, -1.2, 1.5, 1.5, 2, 0, NaN, 0, 0.5, -0.5]);
  const counts = countInCells(points, GRID);
  expect([counts[0], counts[15], counts[6]]).toEqual([2, 1, 1]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
});

test("the density of a point in the middle of its cell is the Gaussian about it, and its integral is 1", () => {
  const grid = { side: 80, extent: 2 };
  const length = (2 * grid.extent) / grid.side;
  const deviation = 0.15;
  const middle = (place: number) => (place + 0.5) * length - grid.extent;
  const density = densityOf(Float32Array.from([middle(40), middle(50)]), grid, deviation);
  const at = (column: number, row: number) => density[row * grid.side + column];
  const gaussian = (distance: number) => Math.exp(-0.5 * (distance / deviation) ** 2) / (2 * Math.PI * deviation ** 2);
  // The sum of a Gaussian over cells a third of its deviation wide is its integral to many digits.
  expect(at(40, 50)).toBeCloseTo(gaussian(0), 2);
  expect(at(44, 47)).toBeCloseTo(gaussian(Math.hypot(4, 3) * length), 2);
  expect(density.reduce((sum, value) => sum + value * length * length, 0)).toBeCloseTo(1, 4);
});

test("no points have the density 0", () => {
  expect(densityOf(new Float32Array(0), GRID, 0.2).every((value) => value === 0)).toBe(true);
});
