import { describe, expect, test } from "vitest";
import { normal } from "../shared/random.ts";
import { symmetricEigen } from "./symmetricEigen.ts";

/** A symmetric matrix of normal numbers. */
function symmetric(size: number, draw: number): Float64Array {
  const values = normal({ seed: 3, stream: "samples", draw }, size * size);
  return Float64Array.from(values, (value, index) => {
    const [row, column] = [Math.floor(index / size), index % size];
    return value + (values[column * size + row] ?? NaN);
  });
}

describe("the eigenvalues of a symmetric matrix", () => {
  test.for([1, 2, 3, 10, 64])("of size %d, with their vectors, make up the matrix again", (size) => {
    const matrix = symmetric(size, size);
    const before = matrix.slice();
    const { values, vectors } = symmetricEigen(matrix, size);
    expect(matrix).toEqual(before);
    let [worst, askew] = [0, 0];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let [sum, dot] = [0, 0];
        for (let k = 0; k < size; k++) {
          sum += (values[k] ?? NaN) * (vectors[i * size + k] ?? NaN) * (vectors[j * size + k] ?? NaN);
          dot += (vectors[k * size + i] ?? NaN) * (vectors[k * size + j] ?? NaN);
        }
        worst = Math.max(worst, Math.abs(sum - (matrix[i * size + j] ?? NaN)));
        askew = Math.max(askew, Math.abs(dot - (i === j ? 1 : 0)));
      }
    }
    // Float64 rounds at 1e-16 of numbers near 10; some thousand rotations add up to a few hundred of these.
    expect(worst).toBeLessThan(1e-12);
    expect(askew).toBeLessThan(1e-12);
  });

  test("are the diagonal of a diagonal matrix, also where some are equal or 0", () => {
    const { values } = symmetricEigen(Float64Array.of(2, 0, 0, 0, 0, 0, 0, 0, 2), 3);
    expect([...values].sort()).toEqual([0, 2, 2]);
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  });
});
