/** Eigenvalues and eigenvectors of symmetric matrices, in double precision. It must not know what the matrices mean. */
import { invariant } from "../shared/invariant.ts";

export interface Eigen {
  /** In no order. */
  readonly values: Float64Array;
  /** [size, size], row-major: column i belongs to value i, and all are orthonormal. */
  readonly vectors: Float64Array;
}

/** Off-diagonal numbers below this share of the matrix are rounding. */
const NEGLIGIBLE = 1e-15;
const MOST_SWEEPS = 60;

/**
 * Jacobi's method: rotates away one off-diagonal pair after the other until none is left (Golub and Van Loan 2013,
 * algorithm 8.5.3). `matrix` is [size, size], row-major, and stays as it is.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  invariant(matrix.length === size * size, "a square matrix of that size");
  const a = matrix.slice();
  const vectors = identity(size);
  const enough = NEGLIGIBLE * Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0; largestOffDiagonal(a, size) > enough; sweep++) {
    invariant(sweep < MOST_SWEEPS, "Jacobi's method does not converge");
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
    }
  }
  return { values: Float64Array.from({ length: size }, (_, index) => a[index * size + index] ?? NaN), vectors };
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let index = 0; index < size; index++) matrix[index * size + index] = 1;
  return matrix;
}

function largestOffDiagonal(a: Float64Array, size: number): number {
  let largest = 0;
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) {
      largest = Math.max(largest, Math.abs(a[row * size + column] ?? 0));
    }
  }
  return largest;
}

/** Makes a[p][q] zero by a rotation of the axes p and q, with the smaller of the two angles that do. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const pq = a[p * size + q] ?? 0;
  if (pq === 0) return;
  const tau = ((a[q * size + q] ?? 0) - (a[p * size + p] ?? 0)) / (2 * pq);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  turnColumns(a, size, p, q, cosine, sine);
  turnRows(a, size, p, q, cosine, sine);
  turnColumns(vectors, size, p, q, cosine, sine);
}

function turnColumns(m: Float64Array, size: number, p: number, q: number, cosine: number, sine: number): void {
  for (let row = 0; row < size; row++) turn(m, row * size + p, row * size + q, cosine, sine);
}

function turnRows(m: Float64Array, size: number, p: number, q: number, cosine: number, sine: number): void {
  for (let column = 0; column < size; column++) turn(m, p * size + column, q * size + column, cosine, sine);
}

function turn(m: Float64Array, first: number, second: number, cosine: number, sine: number): void {
  const [x, y] = [m[first] ?? 0, m[second] ?? 0];
  m[first] = cosine * x - sine * y;
  m[second] = sine * x + cosine * y;
}
