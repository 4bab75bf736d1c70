/** What the tests of the SIMD backend share: numbers to compute with, and how far results may be from float64. */
import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { normal } from "../../shared/random.ts";

/** The sizes that every dimension takes: around the widths of registers (4), panels (8) and tiles (4 and 6). */
export const ODD_SIZES = [1, 3, 7, 31, 33, 65] as const;

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

/** Normal numbers of that shape; another `draw` gives others. */
export function numbers(shape: readonly number[], draw = 0): Float32Array<ArrayBuffer> {
  return normal({ seed: 5, stream: "samples", draw }, sizeOf(shape));
}

export function tensorOf(values: Float32Array, shape: readonly number[]): Tensor {
  return tensor(values.slice(), [...shape]);
}

/**
 * Fails where a result is further from its float64 reference than `tolerance` times the size of its largest number, or
 * than `tolerance` itself. The tolerance of a sum of n terms is about √n times float32's 6e-8.
 */
export function expectClose(result: Tensor, reference: ArrayLike<number>, tolerance: number): void {
  const values = result.dataSync();
  result.dispose();
  expect(values.length).toBe(reference.length);
  let largest = 1;
  let worst = 0;
  for (let index = 0; index < values.length; index++) {
    const expected = reference[index] ?? NaN;
    largest = Math.max(largest, Math.abs(expected));
    const error = Math.abs((values[index] ?? NaN) - expected);
    // Written so that NaN counts as the worst error.
    if (!(error <= worst)) worst = error;
  }
  expect(worst / largest).toBeLessThan(tolerance);
}
