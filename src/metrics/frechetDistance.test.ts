import { describe, expect, test } from "vitest";
import { normal } from "../shared/random.ts";
import { createFeatureSums, featureStatistics, frechetDistance, type FeatureStatistics } from "./frechetDistance.ts";
import { firstRows, rowsOf, type Rows } from "./rows.ts";

type Matrix = readonly (readonly number[])[];

function matrixOf(values: Float64Array): Matrix {
  const size = Math.sqrt(values.length);
  return Array.from({ length: size }, (_, row) => [...values.subarray(row * size, (row + 1) * size)]);
}

function times(left: Matrix, right: Matrix): Matrix {
  return left.map((row) => right.map((_, j) => row.reduce((sum, value, k) => sum + value * (right[k]?.[j] ?? NaN), 0)));
}

/** By Gauss and Jordan, with pivots. */
function inverse(matrix: Matrix): Matrix {
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < matrix.length; column++) {
    const candidates = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const pivot = column + candidates.indexOf(Math.max(...candidates));
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    const scale = rows[column]?.[column] ?? NaN;
    const pivotRow = (rows[column] ?? []).map((value) => value / scale);
    rows[column] = pivotRow;
    for (const [index, row] of rows.entries()) {
      const factor = row[column] ?? NaN;
      if (index !== column) rows[index] = row.map((value, j) => value - factor * (pivotRow[j] ?? NaN));
    }
  }
  return rows.map((row) => row.slice(matrix.length));
}

/** The square root of any matrix with positive eigenvalues, by the iteration of Denman and Beavers (1976). */
function squareRoot(matrix: Matrix): Matrix {
  let [y, z]: [Matrix, Matrix] = [matrix, matrix.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)))];
  const middle = (left: Matrix, right: Matrix) =>
    left.map((row, i) => row.map((value, j) => (value + (right[i]?.[j] ?? NaN)) / 2));
  for (let iteration = 0; iteration < 40; iteration++) [y, z] = [middle(y, inverse(z)), middle(z, inverse(y))];
  return y;
}

const trace = (matrix: Matrix) => matrix.reduce((sum, row, index) => sum + (row[index] ?? NaN), 0);

/** The formula as it is written, with the root of the product itself. */
function reference(first: FeatureStatistics, second: FeatureStatistics): number {
  const [a, b] = [matrixOf(first.covariance), matrixOf(second.covariance)];
  const apart = first.mean.reduce((sum, value, index) => sum + (value - (second.mean[index] ?? NaN)) ** 2, 0);
  return apart + trace(a) + trace(b) - 2 * trace(squareRoot(times(a, b)));
}

/** Normal features that depend on each other, around a mean. */
function features(count: number, width: number, draw: number, mean: number, mix: number): Rows {
  const values = normal({ seed: 9, stream: "samples", draw }, count * width);
  return rowsOf(
    values.map((value, index) => mean + value * (1 + (index % width) / width) + mix * (values[index - 1] ?? 0)),
    width,
  );
}

describe("feature statistics", () => {
  test("are the mean and the unbiased covariance, however the rows are handed in", () => {
    const rows = features(60, 5, 0, 2, 0.5);
    const { mean, covariance } = featureStatistics(rows);
    const at = (row: number, column: number) => rows.values[row * 5 + column] ?? NaN;
    for (let i = 0; i < 5; i++) {
      const average = (column: number) =>
        Array.from({ length: 60 }, (_, row) => at(row, column)).reduce((a, b) => a + b) / 60;
      expect(mean[i]).toBeCloseTo(average(i), 12);
      for (let j = 0; j < 5; j++) {
        const products = Array.from({ length: 60 }, (_, row) => (at(row, i) - average(i)) * (at(row, j) - average(j)));
        expect(covariance[i * 5 + j]).toBeCloseTo(products.reduce((a, b) => a + b) / 59, 11);
      }
    }
    const sums = createFeatureSums(5);
    sums.add(firstRows(rows, 13));
    sums.add(rowsOf(rows.values.subarray(13 * 5), 5));
    expect(sums.statistics()).toEqual({ mean, covariance });
  });
});

describe("the Fréchet distance", () => {
  test.for([
    [2, 40],
    [8, 300],
    [16, 400],
  ] as const)("is the formula's, by another root of the product, in %d dimensions", ([width, count]) => {
    const first = featureStatistics(features(count, width, 1, 0, 0.3));
    const second = featureStatistics(features(count, width, 2, 0.7, -0.6));
    const expected = reference(first, second);
    // Both are float64; the iteration of the reference is good to about nine digits.
    expect(frechetDistance(first, second) / expected).toBeCloseTo(1, 8);
    expect(frechetDistance(second, first) / expected).toBeCloseTo(1, 8);
  });

  test("is 0 between equal statistics, also where features never change", () => {
    const rows = features(100, 6, 3, 1, 0.4);
    const still = rowsOf(
      rows.values.map((value, index) => (index % 6 < 3 ? 0 : value)),
      6,
    );
    for (const statistics of [featureStatistics(rows), featureStatistics(still)]) {
      expect(frechetDistance(statistics, statistics)).toBeLessThan(1e-6);
    }
  });

  test("of one feature is (μ₁ − μ₂)² + (σ₁ − σ₂)²", () => {
    const statistics = (mean: number, deviation: number) => ({
      mean: Float64Array.of(mean),
      covariance: Float64Array.of(deviation ** 2),
    });
    expect(frechetDistance(statistics(1, 2), statistics(4, 0.5))).toBeCloseTo(9 + 2.25, 12);
  });
});
