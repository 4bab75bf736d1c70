import { env, grads, memory, setBackend, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import type { Activation } from "./activations.ts";
import { gradientByDifferences, somePlaces } from "./differences.ts";
import { layerNorm } from "./layerNorm.ts";
import { registerLayerNorm } from "./layerNorm.wgsl.ts";
import { EPSILON } from "./standardize.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerLayerNorm();
});

/** Odd and even rows, few and many, and features that do and do not fill vectors of four. */
const CASES: readonly (readonly [shape: readonly number[], activation: Activation])[] = [
  [[1, 3], { type: "linear" }],
  [[3, 7], { type: "tanh" }],
  [[7, 65], { type: "leakyReLU", alpha: 0.2 }],
  [[31, 32], { type: "sigmoid" }],
  [[33, 1, 5, 4], { type: "linear" }],
  [[65, 3, 1, 33], { type: "tanh" }],
  [[7, 31, 3, 8], { type: "leakyReLU", alpha: 0.2 }],
];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, dimension) => product * dimension, 1);
const at = (values: ArrayLike<number>, index: number) => values[index] ?? NaN;

function activate(activation: Activation, x: number): number {
  if (activation.type === "tanh") return Math.tanh(x);
  if (activation.type === "sigmoid") return 1 / (1 + Math.exp(-x));
  return activation.type === "leakyReLU" && x < 0 ? activation.alpha * x : x;
}

/** Layer normalisation in float64, row by row. */
function reference(x: Float64Array, gamma: Float64Array, beta: Float64Array, activation: Activation): Float64Array {
  const features = gamma.length;
  const y = new Float64Array(x.length);
  for (let first = 0; first < x.length; first += features) {
    const row = x.subarray(first, first + features);
    const mean = row.reduce((sum, value) => sum + value, 0) / features;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / features;
    for (let column = 0; column < features; column++) {
      const standardized = (at(row, column) - mean) / Math.sqrt(variance + EPSILON);
      y[first + column] = activate(activation, standardized * at(gamma, column) + at(beta, column));
    }
  }
  return y;
}

test.for(CASES)("layer norm of %o with %o is right, and so are its gradients", async ([shape, activation]) => {
  const features = shape.at(-1) ?? 1;
  const draw = (key: number, size: number, mean = 0) =>
    normal({ seed: 5, stream: "samples", draw: key }, size).map((value) => value + mean);
  const size = sizeOf(shape);
  const [x, gamma, beta, dy] = [draw(0, size, 3), draw(1, features), draw(2, features), draw(3, size)];
  const [x64, gamma64, beta64] = [x, gamma, beta].map((values) => Float64Array.from(values)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];

  const before = memory().numTensors;
  const tensors = tidy(() => {
    const inputs = [tensor(x, [...shape]), tensor(gamma), tensor(beta)];
    const layer = (input: Tensor, scale: Tensor, offset: Tensor) => layerNorm(input, scale, offset, activation);
    return [layer(...(inputs as [Tensor, Tensor, Tensor])), ...grads(layer)(inputs, tensor(dy, [...shape]))];
  });
  const [y = [], dx = [], dGamma = [], dBeta = []] = await Promise.all(tensors.map((each) => each.data()));
  for (const each of tensors) each.dispose();
  expect(memory().numTensors).toBe(before);

  const expected = reference(x64, gamma64, beta64, activation);
  // Some tens of roundings of 6e-8 of numbers about 5, which are standardised.
  for (const [index, value] of expected.entries()) expect(Math.abs(at(y, index) - value)).toBeLessThan(1e-5);

  // A kink of the leaky rectifier lies within a difference's step for about one number in ten thousand, none of these.
  const byX = somePlaces(size, 60);
  const byFeature = somePlaces(features, 40);
  const gradients = [
    [dx, gradientByDifferences((moved) => reference(moved, gamma64, beta64, activation), x64, dy, byX), byX],
    [
      dGamma,
      gradientByDifferences((moved) => reference(x64, moved, beta64, activation), gamma64, dy, byFeature),
      byFeature,
    ],
    [
      dBeta,
      gradientByDifferences((moved) => reference(x64, gamma64, moved, activation), beta64, dy, byFeature),
      byFeature,
    ],
  ] as const;
  for (const [ours, theirs, places] of gradients) {
    // The same roundings in sums over up to 651 rows, relative to the size of such a sum.
    const scale = Math.max(1, ...theirs.map(Math.abs));
    for (const [index, place] of places.entries()) {
      expect(Math.abs(at(ours, place) - at(theirs, index)) / scale).toBeLessThan(2e-5);
    }
  }
});
