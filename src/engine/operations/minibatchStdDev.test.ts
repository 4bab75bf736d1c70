import { grad, memory, setBackend, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { startSimd } from "../simd/index.ts";
import { gradientByDifferences, somePlaces } from "./differences.ts";
import { minibatchStdDev } from "./minibatchStdDev.ts";

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

/** Shape of the batch, and items in a group. */
const CASES: readonly (readonly [shape: readonly number[], groupSize: number])[] = [
  [[3, 7], 3],
  [[7, 1, 3, 31], 7],
  [[33, 3, 1, 1], 11],
  [[65, 33], 13],
];

function byDefinition(x: Float64Array, batch: number, features: number, groupSize: number): Float64Array {
  const size = x.length / batch;
  const y: number[] = [];
  for (let item = 0; item < batch; item++) {
    const first = item - (item % groupSize);
    const group = Array.from({ length: groupSize }, (_, order) =>
      x.subarray((first + order) * size, (first + order + 1) * size),
    );
    const deviations = Array.from({ length: size }, (_, place) => {
      const values = group.map((member) => member[place] ?? NaN);
      const mean = values.reduce((sum, value) => sum + value, 0) / groupSize;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / groupSize + 1e-8);
    });
    const feature = deviations.reduce((sum, value) => sum + value, 0) / size;
    for (let place = 0; place < size; place += features) {
      y.push(...x.subarray(item * size + place, item * size + place + features), feature);
    }
  }
  return Float64Array.from(y);
}

describe.for(Object.entries(BACKENDS))("the minibatch standard deviation on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  test("is one more feature: the mean of the deviations over a group of items", () => {
    const before = memory().numTensors;
    // Two groups of two items of two pixels with one channel. Deviations: 1 and 2, mean 1.5; then 0 and 5, mean 2.5.
    const x = tensor([0, 0, 2, 4, 7, 1, 7, 11], [4, 2, 1, 1]);
    const y = tidy(() => minibatchStdDev(x, 2));
    expect(y.shape).toEqual([4, 2, 1, 2]);
    const expected = [0, 1.5, 0, 1.5, 2, 1.5, 4, 1.5, 7, 2.5, 1, 2.5, 7, 2.5, 11, 2.5];
    // The smallest variance lifts a deviation of 0 to 1e-4, and their mean by half of that.
    for (const [index, value] of y.dataSync().entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 3);
    x.dispose();
    y.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test("takes features without places, too", () => {
    const y = minibatchStdDev(tensor([1, 10, 3, 30], [2, 2]), 2);
    expect(y.shape).toEqual([2, 3]);
    const expected = [1, 10, 5.5, 3, 30, 5.5];
    for (const [index, value] of y.dataSync().entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 5);
  });

  // As the definition reads, in float64, with gradients by differences of it.
  test.for(CASES)("of %o in groups of %i is that of float64, and so is its gradient", ([shape, groupSize]) => {
    const [batch, features] = [shape[0] ?? 1, shape.at(-1) ?? 1];
    const count = shape.reduce((product, size) => product * size, 1);
    const numbers = normal({ seed: 4, stream: "samples", draw: 0 }, count);
    const dy = normal({ seed: 4, stream: "samples", draw: 1 }, (count / features) * (features + 1));
    const [y, dx] = tidy(() => {
      const x = tensor(numbers, [...shape]);
      const result = minibatchStdDev(x, groupSize);
      return [result, grad((input: Tensor) => minibatchStdDev(input, groupSize))(x, tensor(dy, result.shape))] as const;
    });
    const reference = (x: Float64Array) => byDefinition(x, batch, features, groupSize);
    const x64 = Float64Array.from(numbers);
    for (const [index, value] of reference(x64).entries()) expect(y.dataSync()[index]).toBeCloseTo(value, 5);
    const places = somePlaces(count, 50);
    const expected = gradientByDifferences(reference, x64, dy, places);
    // The gradients of a root add up over all places: some roundings of numbers below 10.
    for (const [index, place] of places.entries()) expect(dx.dataSync()[place]).toBeCloseTo(expected[index] ?? NaN, 4);
    for (const each of [y, dx]) each.dispose();
  });
});
