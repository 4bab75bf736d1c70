import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeEach, describe, expect, test } from "vitest";
import { startSimd } from "./index.ts";
import { numbers, tensorOf } from "./testing.ts";

/** Losses and final weights of a small network with dense and convolutional layers after some steps of Adam. */
function train(steps: number): { readonly losses: readonly number[]; readonly weights: readonly Float32Array[] } {
  const shapes = [[12, 48], [48], [3, 3, 3, 5], [5], [80, 1]];
  const parameters = shapes.map((shape, index) =>
    tf.tidy(() => tf.variable(tf.mul(tensorOf(numbers(shape, index), shape), 0.2))),
  );
  const [dense, bias, kernel, offset, last] = parameters;
  if (!dense || !bias || !kernel || !offset || !last) throw new Error("the network has five parameters");
  const optimizer = tf.train.adam(0.01, 0.5);
  const losses = Array.from({ length: steps }, (_, step) => {
    const x = tensorOf(numbers([8, 12], 100 + step), [8, 12]) as tf.Tensor2D;
    const loss = optimizer.minimize(
      () => {
        const hidden = tf.tanh(tf.add(tf.matMul(x, dense as tf.Tensor2D), bias));
        const images: tf.Tensor4D = tf.reshape(hidden, [8, 4, 4, 3]);
        const maps = tf.relu(tf.add(tf.conv2d(images, kernel as tf.Tensor4D, 1, "same"), offset));
        const { mean, variance } = tf.moments(maps, [0, 1, 2]);
        const normal = tf.div(tf.sub(maps, mean), tf.sqrt(tf.add(variance, 1e-5)));
        const rows: tf.Tensor2D = tf.reshape(normal, [8, 80]);
        const logits = tf.matMul(rows, last);
        return tf.mean(tf.softplus(tf.neg(logits)));
      },
      true,
      parameters,
    );
    const value = loss?.dataSync()[0] ?? NaN;
    loss?.dispose();
    x.dispose();
    return value;
  });
  const weights = parameters.map((parameter) => parameter.dataSync().slice() as Float32Array);
  optimizer.dispose();
  tf.dispose(parameters);
  return { losses, weights };
}

function bytes(): { readonly inUse: number; readonly allocated: number } {
  const { numBytesInMemory, numBytesAllocated } = tf.memory() as unknown as Readonly<Record<string, number>>;
  return { inUse: numBytesInMemory ?? NaN, allocated: numBytesAllocated ?? NaN };
}

describe("the SIMD backend", () => {
  beforeEach(async () => {
    await startSimd();
  });

  test("runs, and says on what", async () => {
    const { device } = await startSimd();
    expect(tf.getBackend()).toBe("simd");
    expect(device).toMatch(/^1 thread, (relaxed )?SIMD$/);
  });

  test("trains a network as the CPU backend does", async () => {
    const ours = train(5);
    await tf.setBackend("cpu");
    const theirs = train(5);
    // Float32 in another order of summation, five updates on.
    for (const [step, loss] of ours.losses.entries()) expect(loss).toBeCloseTo(theirs.losses[step] ?? NaN, 5);
    for (const [index, weights] of ours.weights.entries()) {
      const other = theirs.weights[index] ?? new Float32Array();
      const difference = Math.hypot(...weights.map((weight, place) => weight - (other[place] ?? NaN)));
      expect(difference / Math.hypot(...other)).toBeLessThan(2e-4);
    }
  });

  test("holds its memory flat over training steps, and gives all of it back", () => {
    const before = bytes();
    train(3);
    const { allocated } = bytes();
    train(100);
    expect(bytes().inUse).toBe(before.inUse);
    expect(bytes().allocated).toBe(allocated);
  });

  test("hands out numbers that stay when their tensor is gone", () => {
    const x = tf.tidy(() => tf.add(tensorOf(numbers([50]), [50]), 1));
    const values = x.dataSync();
    const copy = values.slice();
    x.dispose();
    tf.tidy(() => tf.fill([50], 7));
    expect(values).toEqual(copy);
  });

  test("an inherited kernel may hand on a part of its input without sharing its fate", () => {
    const x = tf.tidy(() => tf.add(tensorOf(numbers([10, 4]), [10, 4]), 0));
    const rows = tf.unstack(x);
    x.dispose();
    const other = tf.fill([10, 4], 9);
    expect(rows[2]?.dataSync()).toEqual(numbers([10, 4]).slice(8, 12));
    tf.dispose([...rows, other]);
  });

  test("inherited kernels and kernels of our own read each other's results", () => {
    const x = numbers([6, 8]);
    const result = tf.tidy(() => {
      const ours = tf.mul(tensorOf(x, [6, 8]), 2);
      const inherited = tf.cumsum(ours, 1);
      return tf.square(inherited);
    });
    const values = result.dataSync();
    let sum = 0;
    for (const [index, value] of x.entries()) {
      sum = (index % 8 === 0 ? 0 : sum) + 2 * value;
      expect(values[index]).toBeCloseTo(sum * sum, 3);
    }
    result.dispose();
  });

  test("outgrows its memory without losing what is in it", () => {
    const first = tf.tidy(() => tf.add(tensorOf(numbers([100]), [100]), 0));
    const { allocated } = bytes();
    const large = tf.zeros([allocated / 4 + 1000]);
    const grown = tf.add(large, 1);
    expect(bytes().allocated).toBeGreaterThan(allocated);
    expect(first.dataSync()).toEqual(numbers([100]));
    expect(tf.tidy(() => tf.sum(tf.slice(grown, 0, 1000)).dataSync()[0])).toBe(1000);
    tf.dispose([first, large, grown]);
  });

  test("takes tensors along from another backend and back", async () => {
    await tf.setBackend("cpu");
    const x = tensorOf(numbers([9]), [9]);
    await startSimd();
    const doubled = tf.mul(x, 2);
    await tf.setBackend("cpu");
    expect(tf.tidy(() => tf.div(doubled, 2).dataSync())).toEqual(numbers([9]));
    tf.dispose([x, doubled]);
  });
});
