/**
 * Spectral normalisation (Miyato et al. 2018, algorithm 1): a kernel divided by its largest singular value σ, which one step
 * of power iteration at a time keeps track of. The portable twin; it must not know which layers have it.
 */
import {
  div,
  maximum,
  mul,
  norm,
  reshape,
  sum,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor3D,
  type Variable,
} from "@tensorflow/tfjs-core";
import { ranKernel, severalFused } from "../kernels.ts";

/** How a kernel's numbers make a matrix: [outer, outputs, inner], with a row for each output and a column for each other place. */
export interface KernelMatrix {
  readonly outer: number;
  readonly outputs: number;
  readonly inner: number;
}

/** What power iteration remembers: unit vectors that near the first singular vectors, and change in place. */
export interface SingularVectors {
  /** One number for each output, [outputs]. */
  readonly u: Variable;
  /** One for each of the others, [outer · inner]. */
  readonly v: Variable;
}

/** Vectors shorter than this are not stretched to length one, as in PyTorch. */
export const SHORTEST = 1e-12;

/** One step, without a gradient: v ← Wᵀu / ‖Wᵀu‖, then u ← Wv / ‖Wv‖. */
export function iteratePower(kernel: Tensor, { u, v }: SingularVectors, matrix: KernelMatrix): void {
  if (ranKernel("DuelPowerIteration", { kernel, u, v }, { ...matrix })) return;
  const { outer, outputs, inner } = matrix;
  tidy(() => {
    const weights: Tensor3D = reshape(kernel, [outer, outputs, inner]);
    v.assign(ofLengthOne(reshape(sum(mul(weights, reshape(u, [1, outputs, 1])), 1), [outer * inner])));
    u.assign(ofLengthOne(sum(sum(mul(weights, reshape(v, [outer, 1, inner])), 2), 0)));
  });
}

function ofLengthOne(x: Tensor): Tensor {
  return div(x, maximum(norm(x), SHORTEST));
}

/** kernel / σ, with σ = uᵀWv: differentiable by the kernel any number of times, u and v being held constant. */
export function spectralNorm(kernel: Tensor, { u, v }: SingularVectors, matrix: KernelMatrix): Tensor {
  // Beside the result comes σ, which its gradient needs.
  const [output] = severalFused("DuelSpectralNorm", { kernel, u, v }, matrix) ?? [];
  if (output !== undefined) return output;
  const { outer, outputs, inner } = matrix;
  const directions = mul(reshape(u, [1, outputs, 1]), reshape(v, [outer, 1, inner]));
  return div(kernel, sum<Scalar>(mul(reshape(kernel, directions.shape), directions)));
}
