import { expect, test } from "vitest";
import { latentDirections } from "./latentDirections.ts";

/** A kernel U·diag(s)·Vᵀ with U a rotation by `angle` in the plane of the first two of three latent dimensions. */
function kernelOf(angle: number, strengths: readonly [number, number, number]): Float32Array {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const u = [
    [cosine, -sine, 0],
    [sine, cosine, 0],
    [0, 0, 1],
  ];
  // Orthogonal rows of V in five units.
  const v = [
    [0.5, 0.5, 0.5, 0.5, 0],
    [0.5, -0.5, 0.5, -0.5, 0],
    [0, 0, 0, 0, 1],
  ];
  return Float32Array.from(
    u.flatMap((row) =>
      [0, 1, 2, 3, 4].map((unit) =>
        row.reduce((sum, value, index) => sum + value * (strengths[index] ?? 0) * (v[index]?.[unit] ?? 0), 0),
      ),
    ),
  );
}

test("the main directions are the left singular vectors of the kernel, the strongest first", () => {
  const { directions, shares } = latentDirections(kernelOf(0.3, [3, 2, 1]), 3, 2);
  const expected = [
    [Math.cos(0.3), Math.sin(0.3), 0],
    [-Math.sin(0.3), Math.cos(0.3), 0],
  ];
  // Float32 entries of a kernel of size 3.
  directions.forEach((direction, order) => {
    direction.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[order]?.[index] ?? NaN, 5);
    });
  });
  expect(shares[0]).toBeCloseTo(9 / 14, 5);
  expect(shares[1]).toBeCloseTo(4 / 14, 5);
});

test("a latent dimension is as important as the weights that leave it", () => {
  const { importance } = latentDirections(kernelOf(0, [3, 2, 1]), 3, 1);
  [9 / 14, 4 / 14, 1 / 14].forEach((share, index) => {
    expect(importance[index]).toBeCloseTo(share, 5);
  });
});

test("more directions than dimensions cannot be had", () => {
  expect(latentDirections(kernelOf(0.1, [3, 2, 1]), 3, 8).directions).toHaveLength(3);
});

test("a kernel of nothing, or of one direction, still gives unit vectors that are orthogonal", () => {
  for (const strengths of [[0, 0, 0] as const, [2, 0, 0] as const]) {
    const { directions, shares } = latentDirections(kernelOf(0.2, strengths), 3, 3);
    for (const [order, direction] of directions.entries()) {
      for (const [other, second] of directions.entries()) {
        const product = direction.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0);
        expect(product).toBeCloseTo(order === other ? 1 : 0, 5);
      }
    }
    expect(shares.every(Number.isFinite)).toBe(true);
  }
});
