/**
 * The directions of latent space that change a generator's images most, from the weights of its first layer alone
 * (Shen and Zhou 2021, "Closed-Form Factorization of Latent Semantics in GANs"; for normal latents they are the principal
 * components of that layer's outputs). Plain numbers; it must not know networks or tensors.
 */
import { normal } from "../shared/random.ts";

export interface LatentDirections {
  /** Unit vectors of latentDim numbers, the strongest first. */
  readonly directions: readonly Float32Array<ArrayBuffer>[];
  /** Share of the first layer's variance that each direction carries, in [0, 1]. */
  readonly shares: readonly number[];
  /** The same share for each single latent dimension, [latentDim]. */
  readonly importance: Float32Array<ArrayBuffer>;
}

/** Orthogonal iteration converges by the ratio of neighbouring eigenvalues; this many rounds part all that can be seen. */
const ROUNDS = 60;

/**
 * The `count` main directions of a kernel [latentDim, units], row-major: eigenvectors of W·Wᵀ, found by orthogonal iteration
 * (Golub and Van Loan 2013, section 8.2.4). Signs are chosen so that the largest entry is positive.
 */
export function latentDirections(kernel: Float32Array, latentDim: number, count: number): LatentDirections {
  const units = kernel.length / latentDim;
  const gram = gramOf(kernel, latentDim, units);
  const importance = Float64Array.from({ length: latentDim }, (_, row) => gram[row * latentDim + row] ?? 0);
  const total = importance.reduce((sum, value) => sum + value, 0) || 1;
  let basis = startingBasis(latentDim, Math.min(count, latentDim));
  for (let round = 0; round < ROUNDS; round++) basis = orthonormal(basis.map((vector) => times(gram, vector)));
  return {
    directions: basis.map((vector) => Float32Array.from(facingUp(vector))),
    shares: basis.map((vector) => dot(vector, times(gram, vector)) / total),
    importance: Float32Array.from(importance, (value) => value / total),
  };
}

/** W·Wᵀ, [latentDim, latentDim]. */
function gramOf(kernel: Float32Array, latentDim: number, units: number): Float64Array {
  const gram = new Float64Array(latentDim * latentDim);
  for (let row = 0; row < latentDim; row++) {
    for (let column = row; column < latentDim; column++) {
      let sum = 0;
      for (let unit = 0; unit < units; unit++) {
        sum += (kernel[row * units + unit] ?? 0) * (kernel[column * units + unit] ?? 0);
      }
      gram[row * latentDim + column] = sum;
      gram[column * latentDim + row] = sum;
    }
  }
  return gram;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let column = 0; column < size; column++) sum += (matrix[row * size + column] ?? 0) * (vector[column] ?? 0);
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function startingBasis(latentDim: number, count: number): readonly Float64Array[] {
  return orthonormal(
    Array.from({ length: count }, (_, draw) =>
      Float64Array.from(normal({ seed: 0, stream: "exploration", draw }, latentDim)),
    ),
  );
}

/** Gram and Schmidt's procedure, each vector against those before it. A vector that vanishes gives way to an axis. */
function orthonormal(vectors: readonly Float64Array[]): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) basis.push(nextUnit(basis, vector));
  return basis;
}

/** Of a vector's length; what is shorter is mostly rounding. */
const VANISHED = 1e-6;

function nextUnit(basis: readonly Float64Array[], vector: Float64Array): Float64Array {
  const axes = Array.from(vector, (_, axis) => vector.map((__, index) => (index === axis ? 1 : 0)));
  for (const candidate of [vector, ...axes]) {
    const rest = without(basis, candidate);
    if (length(rest) <= VANISHED * length(candidate)) continue;
    // Once more, because the first time leaves rounding errors that matter where little is left.
    const unit = without(basis, rest);
    return unit.map((value) => value / length(unit));
  }
  return vector;
}

/** What is left of a vector when its shares along a basis are taken away. */
function without(basis: readonly Float64Array[], vector: Float64Array): Float64Array {
  const rest = vector.slice();
  for (const unit of basis) {
    const along = dot(unit, rest);
    unit.forEach((value, index) => (rest[index] = (rest[index] ?? 0) - along * value));
  }
  return rest;
}

function length(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function facingUp(vector: Float64Array): Float64Array {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}
