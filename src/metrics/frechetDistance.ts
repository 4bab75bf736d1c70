/** How far two clouds of features lie apart, each taken for a normal distribution. It must not know where features come from. */
import { invariant } from "../shared/invariant.ts";
import type { Rows } from "./rows.ts";
import { symmetricEigen } from "./symmetricEigen.ts";

/** Mean and covariance of features. */
export interface FeatureStatistics {
  /** [width] */
  readonly mean: Float64Array;
  /** [width, width], row-major, unbiased: divided by one less than the count. */
  readonly covariance: Float64Array;
}

/** Sums from which the statistics of any number of rows follow, so that all need not be held at once. */
export interface FeatureSums {
  add(rows: Rows): void;
  statistics(): FeatureStatistics;
}

/** Sums of rows of that width, in double precision. */
export function createFeatureSums(width: number): FeatureSums {
  let count = 0;
  const sums = new Float64Array(width);
  const products = new Float64Array(width * width);
  return {
    add({ count: rows, width: given, values }) {
      invariant(given === width, "features of another width");
      count += rows;
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < width; i++) {
          const left = values[row * width + i] ?? NaN;
          sums[i] = (sums[i] ?? 0) + left;
          for (let j = i; j < width; j++) {
            products[i * width + j] = (products[i * width + j] ?? 0) + left * (values[row * width + j] ?? NaN);
          }
        }
      }
    },
    statistics() {
      const mean = sums.map((sum) => sum / count);
      const covariance = new Float64Array(width * width);
      for (let i = 0; i < width; i++) {
        for (let j = i; j < width; j++) {
          const centred = (products[i * width + j] ?? NaN) - count * (mean[i] ?? NaN) * (mean[j] ?? NaN);
          covariance[i * width + j] = covariance[j * width + i] = centred / (count - 1);
        }
      }
      return { mean, covariance };
    },
  };
}

export function featureStatistics(rows: Rows): FeatureStatistics {
  const sums = createFeatureSums(rows.width);
  sums.add(rows);
  return sums.statistics();
}

/**
 * ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson and Landau 1982; as a measure of images, Heusel et al. 2017). 0 for equal
 * statistics. It grows as fewer images are measured: compare only numbers that rest on equally many.
 */
export function frechetDistance(first: FeatureStatistics, second: FeatureStatistics): number {
  const width = first.mean.length;
  const apart = first.mean.reduce((sum, value, index) => sum + (value - (second.mean[index] ?? NaN)) ** 2, 0);
  // Σ₁Σ₂ has the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is symmetric.
  const root = squareRoot(first.covariance, width);
  const { values } = symmetricEigen(product(product(root, second.covariance, width), root, width), width);
  const common = values.reduce((sum, value) => sum + Math.sqrt(Math.max(value, 0)), 0);
  return Math.max(0, apart + trace(first.covariance, width) + trace(second.covariance, width) - 2 * common);
}

/** The symmetric square root of a covariance; rounding may have left eigenvalues a little below 0. */
function squareRoot(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, size);
  const scaled = vectors.map((value, index) => value * Math.sqrt(Math.max(values[index % size] ?? NaN, 0)));
  return product(scaled, transpose(vectors, size), size);
}

function transpose(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, index) => matrix[(index % size) * size + Math.floor(index / size)] ?? NaN);
}

function product(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = left[row * size + inner] ?? NaN;
      for (let column = 0; column < size; column++) {
        const index = row * size + column;
        result[index] = (result[index] ?? NaN) + factor * (right[inner * size + column] ?? NaN);
      }
    }
  }
  return result;
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += matrix[index * size + index] ?? NaN;
  return sum;
}
