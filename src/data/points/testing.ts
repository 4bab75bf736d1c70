/** For tests: whether points follow a density. */
import { expect } from "vitest";
import { present } from "../../shared/invariant.ts";
import { PLANE_EXTENT, samplePoints, type Distribution, type Point } from "./distribution.ts";

const CELLS = 20;
/** Points a side at which a cell's density is looked at. */
const FINENESS = 24;
const COUNT = 40_000;
const SIDE = (2 * PLANE_EXTENT) / CELLS;

/** `count` points by a key of their own, as pairs. */
export function pointsOf(distribution: Distribution, count: number): readonly Point[] {
  const values = samplePoints(distribution, { seed: 5, draw: 0 }, count);
  return Array.from({ length: count }, (_, index) => [values[2 * index] ?? NaN, values[2 * index + 1] ?? NaN]);
}

/**
 * Counts points in the cells of a grid and compares with the integral of the density over each. A count of N points with
 * probability p deviates by √(N p (1 − p)); five times that, and two points for the integral's own error, are allowed.
 */
export function expectPointsToFollowDensity(distribution: Distribution): void {
  const densityAt = present(distribution.densityAt, "a density");
  const counts = new Float64Array(CELLS * CELLS);
  for (const [x, y] of pointsOf(distribution, COUNT)) {
    const cell = cellAt(y) * CELLS + cellAt(x);
    counts[cell] = present(counts[cell], "a point in the plane") + 1;
  }
  let whole = 0;
  for (const [cell, count] of counts.entries()) {
    const probability = integralOver(densityAt, cell % CELLS, Math.floor(cell / CELLS));
    whole += probability;
    const spread = Math.sqrt(COUNT * probability * (1 - Math.min(probability, 1)));
    const allowed = 5 * spread + 2 + 0.005 * COUNT * probability;
    expect(Math.abs(count - COUNT * probability), `cell ${String(cell)}`).toBeLessThan(allowed);
  }
  expect(whole).toBeCloseTo(1, 2);
}

function cellAt(place: number): number {
  return Math.floor((place + PLANE_EXTENT) / SIDE);
}

function integralOver(densityAt: (x: number, y: number) => number, column: number, row: number): number {
  let sum = 0;
  for (let part = 0; part < FINENESS * FINENESS; part++) {
    const x = (column + ((part % FINENESS) + 0.5) / FINENESS) * SIDE - PLANE_EXTENT;
    const y = (row + (Math.floor(part / FINENESS) + 0.5) / FINENESS) * SIDE - PLANE_EXTENT;
    sum += densityAt(x, y);
  }
  return sum * (SIDE / FINENESS) ** 2;
}
