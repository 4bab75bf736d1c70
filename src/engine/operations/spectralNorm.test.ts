import {
  add,
  dispose,
  memory,
  mul,
  setBackend,
  sum,
  tensor,
  tidy,
  variable,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { differentiate } from "../gradients.ts";
import { startSimd } from "../simd/index.ts";
import { iteratePower, spectralNorm, type KernelMatrix, type SingularVectors } from "./spectralNorm.ts";

/** Kernels of dense and convolutional layers, and of transposed ones, at the edges of registers. */
const MATRICES: readonly KernelMatrix[] = [
  { outer: 5, outputs: 3, inner: 1 },
  { outer: 33, outputs: 7, inner: 1 },
  { outer: 12, outputs: 1, inner: 1 },
  { outer: 1, outputs: 9, inner: 1 },
  { outer: 4, outputs: 5, inner: 6 },
  { outer: 9, outputs: 3, inner: 7 },
];

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

const draw = (key: number, count: number) => normal({ seed: 11, stream: "samples", draw: key }, count);
const kernelOf = ({ outer, outputs, inner }: KernelMatrix) =>
  tensor(draw(0, outer * outputs * inner), [outer, outputs, inner]);

function vectorsOf({ outer, outputs, inner }: KernelMatrix): SingularVectors {
  return tidy(() => ({
    u: variable(tensor(draw(1, outputs)), false),
    v: variable(tensor(draw(2, outer * inner)), false),
  }));
}

/** The kernel as rows, one for each output, in float64. */
function rowsOf(numbers: ArrayLike<number>, { outer, outputs, inner }: KernelMatrix): number[][] {
  return Array.from({ length: outputs }, (_, output) =>
    Array.from({ length: outer * inner }, (_, other) => {
      const [place, within] = [Math.floor(other / inner), other % inner];
      return numbers[(place * outputs + output) * inner + within] ?? NaN;
    }),
  );
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, index) => value * (b[index] ?? NaN)).reduce((x, y) => x + y, 0);
const unit = (x: readonly number[]) => x.map((value) => value / Math.sqrt(dot(x, x)));
const columnsOf = (rows: readonly number[][]) =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? NaN));

/** u and v after so many steps. */
function iterated(rows: readonly number[][], start: ArrayLike<number>, steps: number): { u: number[]; v: number[] } {
  let u = Array.from(start);
  let v: number[] = [];
  for (let step = 0; step < steps; step++) {
    v = unit(columnsOf(rows).map((column) => dot(column, u)));
    u = unit(rows.map((row) => dot(row, v)));
  }
  return { u, v };
}

function expectNear(actual: Tensor, expected: readonly number[], digits: number): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) expect(values[index]).toBeCloseTo(value, digits);
}

describe.for(Object.entries(BACKENDS))("spectral normalisation on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  // Numbers of about 1, sums of up to 231 terms in float32: some 1e-6.
  test.for(MATRICES)("takes steps of power iteration in place as float64 does, for %o", (matrix) => {
    const [kernel, vectors] = [kernelOf(matrix), vectorsOf(matrix)];
    const before = memory().numTensors;
    const rows = rowsOf(kernel.dataSync(), matrix);
    for (const steps of [1, 2, 3]) {
      iteratePower(kernel, vectors, matrix);
      const expected = iterated(rows, draw(1, matrix.outputs), steps);
      expectNear(vectors.u, expected.u, 5);
      expectNear(vectors.v, expected.v, 5);
    }
    expect(memory().numTensors).toBe(before);
    dispose([kernel, vectors.u, vectors.v]);
  });

  test.for(MATRICES)("leaves a kernel whose largest singular value is 1, for %o", (matrix) => {
    const [kernel, vectors] = [kernelOf(matrix), vectorsOf(matrix)];
    for (let step = 0; step < 200; step++) iteratePower(kernel, vectors, matrix);
    const normalized = spectralNorm(kernel, vectors, matrix);
    expect(normalized.shape).toEqual(kernel.shape);
    const rows = rowsOf(normalized.dataSync(), matrix);
    const { u, v } = iterated(rows, draw(3, matrix.outputs), 400);
    expect(
      dot(
        rows.map((row) => dot(row, v)),
        u,
      ),
    ).toBeCloseTo(1, 4);
    dispose([kernel, normalized, vectors.u, vectors.v]);
  });

  // d/dW Σ c·W/σ = (c − (Σ c·W/σ) · uvᵀ) / σ, with σ = uᵀWv.
  test.for(MATRICES)("has the gradient that follows from σ = uᵀWv with u and v held, for %o", (matrix) => {
    const vectors = vectorsOf(matrix);
    const kernel = tidy(() => variable(kernelOf(matrix)));
    iteratePower(kernel, vectors, matrix);
    const before = memory().numTensors;
    const weights = draw(4, kernel.size);
    const [u, v] = [vectors.u.dataSync(), vectors.v.dataSync()];
    const numbers = kernel.dataSync();
    const { outputs, inner } = matrix;
    const directions = Array.from(numbers, (_, at) => {
      const [place, output, within] = [Math.floor(at / inner / outputs), Math.floor(at / inner) % outputs, at % inner];
      return (u[output] ?? NaN) * (v[place * inner + within] ?? NaN);
    });
    const sigma = dot(numbers, directions);
    const pull = dot(weights, numbers) / sigma;
    const expected = Array.from(weights, (weight, at) => (weight - pull * (directions[at] ?? NaN)) / sigma);
    tidy(() => {
      const { gradients } = differentiate(() => {
        const normalized = spectralNorm(kernel, vectors, matrix);
        return { objective: sum<Scalar>(mul(normalized, tensor(weights, kernel.shape))), measured: [] };
      }, [kernel]);
      expectNear(gradients[0] ?? kernel, expected, 4);
    });
    expect(memory().numTensors).toBe(before);
    dispose([kernel, vectors.u, vectors.v]);
  });

  test("does not divide by zero where a kernel is zero", () => {
    const matrix: KernelMatrix = { outer: 3, outputs: 2, inner: 1 };
    const [kernel, vectors] = [tensor([0, 0, 0, 0, 0, 0], [3, 2]), vectorsOf(matrix)];
    iteratePower(kernel, vectors, matrix);
    expectNear(add(vectors.u, 0), [0, 0], 6);
    dispose([kernel, vectors.u, vectors.v]);
  });
});
