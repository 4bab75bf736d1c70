/** For tests: a normalisation with its gradients, on the backend that runs, held to float64. It must not know which one it is. */
import { grads, memory, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { normal } from "../../shared/random.ts";
import type { Activation } from "./activations.ts";
import { gradientByDifferences, somePlaces } from "./differences.ts";
import { EPSILON } from "./standardize.ts";

/** A layer, and the places of the numbers that it normalises together, for x of a shape: as its definition reads. */
export interface Normalization {
  layer(this: void, x: Tensor, gamma: Tensor, beta: Tensor, activation: Activation): Tensor;
  groups(this: void, shape: readonly number[]): readonly (readonly number[])[];
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, dimension) => product * dimension, 1);
const at = (values: ArrayLike<number>, index: number) => values[index] ?? NaN;

function activate(activation: Activation, x: number): number {
  if (activation.type === "tanh") return Math.tanh(x);
  if (activation.type === "sigmoid") return 1 / (1 + Math.exp(-x));
  if (activation.type === "reLU") return Math.max(x, 0);
  return activation.type === "leakyReLU" && x < 0 ? activation.alpha * x : x;
}

/** The normalisation in float64, group by group. */
function byDefinition(
  groups: readonly (readonly number[])[],
  activation: Activation,
  [x, gamma, beta]: readonly [Float64Array, Float64Array, Float64Array],
): Float64Array {
  const y = new Float64Array(x.length);
  for (const places of groups) {
    const mean = places.reduce((sum, place) => sum + at(x, place), 0) / places.length;
    const variance = places.reduce((sum, place) => sum + (at(x, place) - mean) ** 2, 0) / places.length;
    for (const place of places) {
      const channel = place % gamma.length;
      const standardized = (at(x, place) - mean) / Math.sqrt(variance + EPSILON);
      y[place] = activate(activation, standardized * at(gamma, channel) + at(beta, channel));
    }
  }
  return y;
}

/** Fails where the layer or a gradient of it is not what float64 gives, or where a tensor is left. */
export async function expectNormalized(
  { layer, groups }: Normalization,
  shape: readonly number[],
  activation: Activation,
): Promise<void> {
  const [size, channels] = [sizeOf(shape), at(shape, shape.length - 1)];
  const draw = (key: number, count: number, mean = 0) =>
    normal({ seed: 5, stream: "samples", draw: key }, count).map((value) => value + mean);
  // A mean far from 0, which must not cost the variance its digits.
  const [x, gamma, beta, dy] = [draw(0, size, 3), draw(1, channels), draw(2, channels), draw(3, size)];

  const before = memory().numTensors;
  const tensors = tidy(() => {
    const inputs = [tensor(x, [...shape]), tensor(gamma), tensor(beta)];
    const activated = (...[first, second, third]: readonly [Tensor, Tensor, Tensor]) =>
      layer(first, second, third, activation);
    return [activated(...(inputs as [Tensor, Tensor, Tensor])), ...grads(activated)(inputs, tensor(dy, [...shape]))];
  });
  const [y = [], ...gradients] = await Promise.all(tensors.map((each) => each.data()));
  for (const each of tensors) each.dispose();
  expect(memory().numTensors).toBe(before);

  const places = groups(shape);
  const inputs = [x, gamma, beta].map((values) => Float64Array.from(values)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  // Some tens of roundings of 6e-8 of numbers about 5, which are standardised.
  for (const [index, value] of byDefinition(places, activation, inputs).entries()) {
    expect(Math.abs(at(y, index) - value)).toBeLessThan(1e-5);
  }
  // A kink of a rectifier lies within a difference's step for about one number in ten thousand, none of these.
  for (const [order, input] of inputs.entries()) {
    const moved = (other: Float64Array) =>
      byDefinition(places, activation, inputs.with(order, other) as [Float64Array, Float64Array, Float64Array]);
    const some = somePlaces(input.length, order === 0 ? 60 : 40);
    const expected = gradientByDifferences(moved, input, dy, some);
    // The same roundings in sums over up to 651 places, relative to the size of such a sum.
    const scale = Math.max(1, ...expected.map(Math.abs));
    for (const [index, place] of some.entries()) {
      expect(Math.abs(at(gradients[order] ?? [], place) - at(expected, index)) / scale).toBeLessThan(2e-5);
    }
  }
}

/** Over the last axis: each row by itself. */
export function rowsOf(shape: readonly number[]): readonly (readonly number[])[] {
  const channels = at(shape, shape.length - 1);
  return Array.from({ length: sizeOf(shape) / channels }, (_, row) =>
    Array.from({ length: channels }, (_, channel) => row * channels + channel),
  );
}

/** Over all axes between the first and the last: each channel of each item by itself. */
export function instancesOf(shape: readonly number[]): readonly (readonly number[])[] {
  const [batch, channels] = [at(shape, 0), at(shape, shape.length - 1)];
  const count = sizeOf(shape) / batch / channels;
  return Array.from({ length: batch * channels }, (_, index) => {
    const [item, channel] = [Math.floor(index / channels), index % channels];
    return Array.from({ length: count }, (_, place) => (item * count + place) * channels + channel);
  });
}
