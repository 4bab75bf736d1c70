import { mean, sum, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../index.ts";
import { expectClose, numbers, ODD_SIZES, tensorOf } from "../testing.ts";

// Sums of up to a few thousand normal numbers, in blocks.
const TOLERANCE = 2e-6;

/** Sums in float64 over the axes given. */
function reference(x: Float32Array, shape: readonly number[], axes: readonly number[]): Float64Array {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const out = new Float64Array(kept.reduce((size, dimension) => size * dimension, 1));
  for (const [index, value] of x.entries()) {
    let rest = index;
    let target = 0;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      if (kept[axis] !== 1) target += (rest % size) * stride;
      stride *= kept[axis] ?? 1;
      rest = Math.floor(rest / size);
    }
    out[target] = (out[target] ?? NaN) + value;
  }
  return out;
}

describe("sums and means", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test("agree with float64 over rows, columns and everything, for odd shapes", () => {
    for (const rows of ODD_SIZES) {
      for (const columns of ODD_SIZES) {
        const shape = [rows, columns] as const;
        const x = numbers(shape, 1);
        for (const axes of [[0], [1], [0, 1]]) {
          const expected = reference(x, shape, axes);
          const count = x.length / expected.length;
          expectClose(
            tidy(() => sum(tensorOf(x, shape), axes)),
            expected,
            TOLERANCE,
          );
          expectClose(
            tidy(() => mean(tensorOf(x, shape), axes)),
            expected.map((total) => total / count),
            TOLERANCE,
          );
        }
      }
    }
  });

  test.for([[[0]], [[3]], [[1, 2]], [[0, 1, 2]], [[1, 2, 3]], [[0, 3]], [[1, 3]], [[0, 1, 2, 3]]] as const)(
    "agree with float64 over axes %j of images",
    ([axes]) => {
      const shape = [3, 7, 31, 5];
      const x = numbers(shape, 1);
      expectClose(
        tidy(() => sum(tensorOf(x, shape), [...axes])),
        reference(x, shape, axes),
        TOLERANCE,
      );
    },
  );

  test("go block by block through long dimensions", () => {
    for (const shape of [[70_001], [5000, 3], [1000, 33], [300, 400], [4, 40_000]]) {
      // All of one sign: where terms cancel, the error is relative to them and not to their sum.
      const x = numbers(shape, 1).map(Math.abs);
      expectClose(
        tidy(() => sum(tensorOf(x, shape), 0)),
        reference(x, shape, [0]),
        TOLERANCE,
      );
      expectClose(
        tidy(() => sum(tensorOf(x, shape))),
        reference(
          x,
          shape,
          shape.map((_, axis) => axis),
        ),
        TOLERANCE,
      );
    }
  });

  test("keep reduced dimensions where asked to", () => {
    const [kept, dropped] = tidy(() => {
      const x = tensorOf(numbers([3, 7, 5]), [3, 7, 5]);
      return [sum(x, [0, 2], true), mean(x, 1)];
    }).map((tensor) => tensor.shape);
    expect(kept).toEqual([1, 7, 1]);
    expect(dropped).toEqual([3, 5]);
  });
});
