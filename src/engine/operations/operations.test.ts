import {
  concat1d,
  grad,
  memory,
  setBackend,
  sum,
  tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  variable,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { activate, LINEAR, type Activation } from "./activations.ts";
import { batchNorm, normalizeByRunning } from "./batchNorm.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dTranspose } from "./conv2dTranspose.ts";
import { dense } from "./dense.ts";
import { createLiveNumbers } from "../liveNumbers.ts";
import { dropout, type DropoutMasks } from "./dropout.ts";
import { layerNorm } from "./layerNorm.ts";
import { DRAW_LIVE, interpolationWeights, randomLatents } from "./randomDraws.ts";
import { createResidentData } from "./residentData.ts";
import { upSampling2d } from "./upSampling2d.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

// Sums of a few products in float32: some units of 6e-8 each.
const DIGITS = 5;

function expectValues(actual: Tensor, expected: readonly number[]): void {
  const values = [...actual.dataSync()];
  expect(values.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) expect(values[index]).toBeCloseTo(value, DIGITS);
}

describe("dense", () => {
  test("adds the bias to the product, then activates", () => {
    const x = tensor2d([1, 2], [1, 2]);
    const kernel = tensor2d([1, 0, 3, 0, -4, 1], [2, 3]);
    const bias = tensor1d([0, 1, 0]);
    expectValues(dense(x, kernel, bias, LINEAR), [1, -7, 5]);
    expectValues(dense(x, kernel, bias, { type: "leakyReLU", alpha: 0.1 }), [1, -0.7, 5]);
    expectValues(dense(x, kernel, null, LINEAR), [1, -8, 5]);
  });
});

describe("activations", () => {
  const cases: readonly [Activation, (x: number) => number, (x: number) => number][] = [
    [{ type: "reLU" }, (x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
    [{ type: "leakyReLU", alpha: 0.2 }, (x) => (x > 0 ? x : 0.2 * x), (x) => (x > 0 ? 1 : 0.2)],
    [{ type: "tanh" }, Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
    [{ type: "sigmoid" }, logistic, (x) => logistic(x) * (1 - logistic(x))],
    [LINEAR, (x) => x, () => 1],
  ];
  const inputs = [-30, -1.5, -0.1, 0, 0.3, 2, 30];

  function logistic(x: number): number {
    return 1 / (1 + Math.exp(-x));
  }

  test.for(cases)("%o has the right values and slopes, far out and at 0", ([activation, value, slope]) => {
    const x = tensor1d(inputs);
    expectValues(activate(x, activation), inputs.map(value));
    expectValues(grad((input: Tensor) => sum(activate(input, activation)))(x), inputs.map(slope));
  });
});

describe("convolutions", () => {
  test("pad as TensorFlow does: what does not divide goes below and to the right", () => {
    const x = tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const kernel = tensor4d([1, 10, 100, 1000], [2, 2, 1, 1]);
    // Size 3 at stride 2 needs one row and one column of padding, after the last.
    expectValues(conv2d(x, kernel, null, 2, LINEAR), [1 + 20 + 400 + 5000, 3 + 600, 7 + 80, 9]);
  });

  test("transposed is the gradient of the straight one", () => {
    const small = tensor4d([1, -2, 3, 0.5], [1, 2, 2, 1]);
    const kernel = tensor4d(
      Array.from({ length: 32 }, (_, index) => Math.sin(index)),
      [4, 4, 2, 1],
    );
    const straight = (image: Tensor) => conv2d(image as Tensor4D, kernel, null, 2, LINEAR);
    const expected = grad(straight)(tensor4d(new Float32Array(32), [1, 4, 4, 2]), small);
    const actual = conv2dTranspose(small, kernel, null, 2, LINEAR);
    expect(actual.shape).toEqual([1, 4, 4, 2]);
    expectValues(actual, [...expected.dataSync()]);
  });
});

describe("upSampling2d", () => {
  test("repeats pixels, not channels", () => {
    const x = tensor4d([1, 10, 2, 20], [1, 1, 2, 2]);
    expectValues(upSampling2d(x, 2), [1, 10, 1, 10, 2, 20, 2, 20, 1, 10, 1, 10, 2, 20, 2, 20]);
  });

  test("its gradient sums over the copies", () => {
    const x = tensor4d([1, 2], [1, 1, 2, 1]);
    const weights = tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
    expectValues(grad((input: Tensor) => upSampling2d(input as Tensor4D, 2))(x, weights), [
      1 + 2 + 5 + 6,
      3 + 4 + 7 + 8,
    ]);
  });
});

describe("batchNorm", () => {
  const running = () => ({ mean: variable(tensor1d([0, 1]), false), variance: variable(tensor1d([1, 4]), false) });
  const x = () => tensor([1, 0, 3, 4], [2, 2]);
  const gamma = () => tensor1d([2, 1]);
  const beta = () => tensor1d([0, 5]);

  test("normalises a batch by its own biased variance while training", () => {
    // Channel 0: mean 2, variance 1. Channel 1: mean 2, variance 4.
    const scale = [2 / Math.sqrt(1 + 1e-5), 2 / Math.sqrt(4 + 1e-5)] as const;
    const expected = [-scale[0], 5 - scale[1], scale[0], 5 + scale[1]];
    expectValues(batchNorm(x(), gamma(), beta(), running(), 1, LINEAR), expected);
  });

  test("moves the running statistics a tenth of the way, to the unbiased variance", () => {
    const statistics = running();
    batchNorm(x(), gamma(), beta(), statistics, 1, LINEAR);
    expectValues(statistics.mean, [0.2, 1.1]);
    expectValues(statistics.variance, [0.9 + 0.1 * 2, 3.6 + 0.1 * 8]);
  });

  test("uses the running statistics, and leaves them, when not training", () => {
    const statistics = running();
    const [one, four] = [1 / Math.sqrt(1 + 1e-5), 1 / Math.sqrt(4 + 1e-5)];
    const expected = [2 * one, 5 - four, 6 * one, 5 + 3 * four];
    expectValues(normalizeByRunning(x(), gamma(), beta(), statistics, LINEAR), expected);
    expectValues(statistics.mean, [0, 1]);
  });
});

describe("layerNorm", () => {
  test("normalises each item over its last axis", () => {
    const x = tensor([1, 3, -10, 10], [2, 2]);
    const [one, ten] = [1 / Math.sqrt(1 + 1e-5), 10 / Math.sqrt(100 + 1e-5)];
    expectValues(layerNorm(x, tensor1d([1, 2]), tensor1d([0, 1]), LINEAR), [-one, 1 + 2 * one, -ten, 1 + 2 * ten]);
  });
});

describe("dropout", () => {
  const masks = (update: number, ...places: readonly number[]): DropoutMasks => {
    const live = createLiveNumbers(DRAW_LIVE);
    live.set({ seed: 1, draw: update });
    return { live, places };
  };

  test("zeroes about its rate and keeps the mean", () => {
    const count = 10_000;
    const values = dropout(tensor1d(new Float32Array(count).fill(1)), 0.3, masks(3, 0)).dataSync();
    const dropped = values.filter((value) => value === 0).length;
    // Three standard deviations of a binomial count are 137.
    expect(Math.abs(dropped - 0.3 * count)).toBeLessThan(137);
    expect(Math.max(...values)).toBeCloseTo(1 / 0.7, DIGITS);
  });

  test("is a function of its update and place alone", () => {
    const x = tensor1d(Array.from({ length: 64 }, (_, index) => index + 1));
    const first = [...dropout(x, 0.5, masks(3, 0)).dataSync()];
    expect([...dropout(x, 0.5, masks(3, 0)).dataSync()]).toEqual(first);
    expect([...dropout(x, 0.5, masks(4, 0)).dataSync()]).not.toEqual(first);
    expect([...dropout(x, 0.5, masks(3, 1)).dataSync()]).not.toEqual(first);
  });

  test("takes from a batch what it takes where the batch stands alone", () => {
    const [left, right] = [tensor1d([1, 2, 3, 4, 5, 6, 7]), tensor1d([8, 9, 10, 11, 12, 13, 14])];
    const alone = [dropout(left, 0.5, masks(3, 64)), dropout(right, 0.5, masks(3, 128))];
    const together = dropout(concat1d([left, right]), 0.5, masks(3, 64, 128));
    expect([...together.dataSync()]).toEqual(alone.flatMap((batch) => [...batch.dataSync()]));
  });
});

describe("random draws", () => {
  test("latents are standard normal, weights uniform, both by key", () => {
    const key = { seed: 2, stream: "samples", draw: 0 } as const;
    const z = randomLatents(key, 100, 50);
    expect(z.shape).toEqual([100, 50]);
    const values = [...z.dataSync()];
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
    // Five standard errors of 5,000 draws: 0.07 for the mean, 0.1 for the variance.
    expect(Math.abs(mean)).toBeLessThan(0.07);
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
    const weights = [...interpolationWeights(key, 1000).dataSync()];
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...weights)).toBeLessThan(1);
  });
});

describe("resident data", () => {
  test("gathers what has come, in the order asked for, scaled to [−1, 1]", () => {
    const data = createResidentData([1, 2, 1], 3);
    data.append(Uint8Array.of(0, 255, 51, 204));
    expect(data.available).toBe(2);
    const batch = data.gather([1, 0, 1]);
    expect(batch.shape).toEqual([3, 1, 2, 1]);
    expectValues(batch, [-0.6, 0.6, -1, 1, -0.6, 0.6]);
    batch.dispose();
  });

  test("refuses items that have not come, and more than there is room for", () => {
    const data = createResidentData([2], 2);
    data.append(Uint8Array.of(1, 2));
    expect(() => data.gather([1])).toThrow("has not come yet");
    expect(() => {
      data.append(new Uint8Array(4));
    }).toThrow("more items");
    expect(() => {
      data.append(new Uint8Array(1));
    }).toThrow("whole items");
    expect(data.available).toBe(1);
  });

  test("holds no tensor between batches", () => {
    const before = memory();
    const data = createResidentData([28, 28, 1], 1000);
    data.append(new Uint8Array(784 * 1000));
    data.gather([1, 2, 3]).dispose();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });
});
