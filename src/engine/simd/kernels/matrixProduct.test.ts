import { fused, matMul, memory, tidy, type Tensor, type Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../index.ts";
import { expectClose, numbers, ODD_SIZES, tensorOf } from "../testing.ts";

// Products of up to 65 normal numbers: √65 · 6e-8, with room for another order of summation.
const TOLERANCE = 2e-6;

/** A · B in float64; A is [rows, depth], or [depth, rows] transposed, and B likewise. */
function product(
  a: Float32Array,
  b: Float32Array,
  [rows, depth, columns]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        const left = a[transposeA ? k * rows + i : i * depth + k] ?? NaN;
        sum += left * (b[transposeB ? j * depth + k : k * columns + j] ?? NaN);
      }
      out[i * columns + j] = sum;
    }
  }
  return out;
}

const transposes = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

describe("the matrix product", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(transposes)("agrees with float64 for odd shapes (transposed: A %s, B %s)", ([transposeA, transposeB]) => {
    for (const rows of ODD_SIZES) {
      for (const depth of ODD_SIZES) {
        for (const columns of ODD_SIZES) {
          const aShape = transposeA ? [depth, rows] : [rows, depth];
          const bShape = transposeB ? [columns, depth] : [depth, columns];
          const a = numbers(aShape, 1);
          const b = numbers(bShape, 2);
          const result = tidy(() => matMul(tensorOf(a, aShape), tensorOf(b, bShape), transposeA, transposeB));
          expect(result.shape).toEqual([rows, columns]);
          expectClose(result, product(a, b, [rows, depth, columns], transposeA, transposeB), TOLERANCE);
        }
      }
    }
  });

  // Deeper than one stretch of the inner dimension, higher than one block of rows.
  test.for(transposes)("agrees with float64 for large shapes (transposed: A %s, B %s)", ([transposeA, transposeB]) => {
    const [rows, depth, columns] = [205, 1301, 93] as const;
    const aShape = transposeA ? [depth, rows] : [rows, depth];
    const bShape = transposeB ? [columns, depth] : [depth, columns];
    const a = numbers(aShape, 1);
    const b = numbers(bShape, 2);
    const result = tidy(() => matMul(tensorOf(a, aShape), tensorOf(b, bShape), transposeA, transposeB));
    expectClose(result, product(a, b, [rows, depth, columns], transposeA, transposeB), TOLERANCE);
  });

  test("multiplies every pair of a batch", () => {
    const a = numbers([3, 7, 5], 1);
    const b = numbers([3, 5, 9], 2);
    const result = tidy(() => matMul(tensorOf(a, [3, 7, 5]) as Tensor3D, tensorOf(b, [3, 5, 9]) as Tensor3D));
    const reference = [0, 1, 2].flatMap((index) => [
      ...product(a.subarray(index * 35), b.subarray(index * 45), [7, 5, 9], false, false),
    ]);
    expectClose(result, reference, TOLERANCE);
  });

  test("leaves a batch that needs broadcasting to the CPU backend, with the same result", () => {
    const a = numbers([3, 7, 5], 1);
    const b = numbers([1, 5, 9], 2);
    const result = tidy(() => matMul(tensorOf(a, [3, 7, 5]) as Tensor3D, tensorOf(b, [1, 5, 9]) as Tensor3D));
    const reference = [0, 1, 2].flatMap((index) => [...product(a.subarray(index * 35), b, [7, 5, 9], false, false)]);
    expectClose(result, reference, TOLERANCE);
  });

  test.for(["linear", "relu", "sigmoid", "elu"] as const)("adds a bias and ends with %s", (activation) => {
    const functions = {
      linear: (x: number) => x,
      relu: (x: number) => Math.max(x, 0),
      sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
      elu: (x: number) => (x < 0 ? Math.expm1(x) : x),
    };
    for (const columns of ODD_SIZES) {
      const a = numbers([9, 31], 1);
      const b = numbers([31, columns], 2);
      const bias = numbers([columns], 3);
      const result: Tensor = tidy(() =>
        fused.matMul({
          a: tensorOf(a, [9, 31]),
          b: tensorOf(b, [31, columns]),
          bias: tensorOf(bias, [columns]),
          activation,
        }),
      );
      const sums = product(a, b, [9, 31, columns], false, false);
      const reference = sums.map((sum, index) => functions[activation](sum + (bias[index % columns] ?? NaN)));
      expectClose(result, reference, TOLERANCE);
    }
  });

  test("gives back all the memory it borrows", () => {
    const before = memory();
    for (let repetition = 0; repetition < 3; repetition++) {
      tidy(() => {
        matMul(tensorOf(numbers([65, 33]), [65, 33]), tensorOf(numbers([33, 7]), [33, 7]));
      });
    }
    expect(memory()).toEqual(before);
  });
});
