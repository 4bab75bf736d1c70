import { memory, setBackend, tensor, tidy } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { minibatchStdDev } from "./minibatchStdDev.ts";

describe("the minibatch standard deviation", () => {
  beforeAll(async () => {
    await setBackend("cpu");
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
});
