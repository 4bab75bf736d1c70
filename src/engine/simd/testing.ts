/** What the tests of the SIMD backend share: numbers to compute with, and how far results may be from float64. */
import { grads, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { expect } from "vitest";
import type { Activation } from "../operations/activations.ts";
import { present } from "../../shared/invariant.ts";
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

/** The activations, with values and slopes in float64. */
export const ACTIVATIONS: readonly {
  readonly activation: Activation;
  value(x: number): number;
  slope(x: number): number;
}[] = [
  { activation: { type: "linear" }, value: (x) => x, slope: () => 1 },
  { activation: { type: "reLU" }, value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  {
    activation: { type: "leakyReLU", alpha: 0.2 },
    value: (x) => (x > 0 ? x : 0.2 * x),
    slope: (x) => (x > 0 ? 1 : 0.2),
  },
  { activation: { type: "tanh" }, value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  {
    activation: { type: "sigmoid" },
    value: (x) => 1 / (1 + Math.exp(-x)),
    slope: (x) => Math.exp(-x) / (1 + Math.exp(-x)) ** 2,
  },
];

/** A layer's output and its gradients by its inputs, for a gradient by the output. The caller frees them. */
export function valueAndGradients(
  layer: (x: Tensor, weights: Tensor, more?: Tensor) => Tensor,
  inputs: readonly Tensor[],
  dy: Tensor,
): readonly Tensor[] {
  const [x, weights, more] = inputs;
  return tidy(() => [
    layer(present(x, "x"), present(weights, "the weights"), more),
    ...grads(layer as (...inputs: Tensor[]) => Tensor)([...inputs], dy),
  ]);
}
