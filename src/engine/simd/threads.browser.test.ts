import {
  add,
  conv2d,
  conv2dTranspose,
  getBackend,
  matMul,
  mean,
  memory,
  removeBackend,
  sum,
  tanh,
  tidy,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { conv2DBackpropFilter } from "@tensorflow/tfjs-core/dist/ops/conv2d_backprop_filter";
import { afterEach, describe, expect, test } from "vitest";
import { present } from "../../shared/invariant.ts";
import { captureStep } from "../stepGraph.ts";
import { startSimd } from "./index.ts";
import { detectFeatures, type SimdFeatures } from "./module.ts";
import { expectClose, numbers, tensorOf } from "./testing.ts";

const HELPED: SimdFeatures = { threads: 3, relaxed: false };

const INPUT_SHAPES = [
  [200, 300],
  [300, 170],
  [40, 14, 14, 8],
  [4, 4, 8, 16],
  [4, 4, 8, 6],
] as const;

function inputs(): readonly Tensor[] {
  return INPUT_SHAPES.map((shape, draw) => tensorOf(numbers(shape, draw), shape));
}

/** One of each kind of work that is shared, large enough to be cut into tasks. */
function workload(given?: readonly Tensor[]): readonly Tensor[] {
  return tidy(() => {
    const [a, b, images, ...filters] = (given ?? inputs()) as [Tensor, Tensor, Tensor4D, Tensor4D, Tensor4D];
    const product = matMul(a, b);
    const transposed = matMul(a, product, true, false);
    // By Winograd's transforms, and by gathered patches.
    const convolutions = filters.flatMap((filter) => {
      const maps = conv2d(images, filter, 2, "same");
      const shape = filter.shape;
      return [
        maps,
        conv2dTranspose(maps, filter, images.shape, 2, "same"),
        conv2DBackpropFilter(images, maps, shape, 2, "same"),
      ];
    });
    const maps = present(convolutions[0], "a convolution");
    return [product, transposed, ...convolutions, tanh(add(product, 1)), sum(maps, [0, 1, 2]), mean(a)];
  });
}

/** The workload's numbers on the backend that runs. */
function read(): readonly Float32Array[] {
  return workload().map((tensor) => {
    const values = tensor.dataSync() as Float32Array;
    tensor.dispose();
    return values;
  });
}

/** The workload's numbers on a backend started for it alone. */
async function results(features: SimdFeatures): Promise<readonly Float32Array[]> {
  await startSimd(features);
  const values = read();
  expect(memory().numTensors).toBe(0);
  removeBackend("simd");
  return values;
}

/** Whether two runs gave the same bits; comparing hundreds of large arrays with `toEqual` takes minutes. */
function same(one: readonly Float32Array[], other: readonly Float32Array[]): boolean {
  return one.every((values, index) => values.every((value, place) => Object.is(value, other[index]?.[place])));
}

describe("the SIMD backend in a browser", () => {
  afterEach(() => {
    if (getBackend() === "simd") removeBackend("simd");
  });

  test("has shared memory to work with in an isolated page", () => {
    expect(globalThis.crossOriginIsolated).toBe(true);
    expect(detectFeatures().threads).toBe(Math.min(8, navigator.hardwareConcurrency));
  });

  test("gives the very same numbers on three threads as on one", async () => {
    const alone = await results({ ...HELPED, threads: 1 });
    const { device } = await startSimd(HELPED);
    expect(device).toBe("3 threads, SIMD");
    expect(same(read(), alone)).toBe(true);
  });

  test("gives the same numbers again and again, however the threads meet", async () => {
    await startSimd(HELPED);
    const first = read();
    for (let repetition = 0; repetition < 100; repetition++) expect(same(read(), first)).toBe(true);
  });

  test("agrees with plain SIMD where it has relaxed SIMD", async ({ skip }) => {
    const { relaxed } = detectFeatures();
    skip(!relaxed, "this browser has no relaxed SIMD");
    const plain = await results({ threads: 1, relaxed: false });
    const fused = await results({ threads: 2, relaxed: true });
    await startSimd({ threads: 1, relaxed: false });
    for (const [index, values] of fused.entries()) {
      const other = plain[index] ?? new Float32Array();
      // A fused multiply-add rounds once instead of twice, which shows most in tanh: a sum of 300 products, each up to 10,
      // is off by about 1e-5, and near zero tanh keeps that while its largest value is 1.
      expectClose(tensorOf(values, [values.length]), other, 4e-5);
    }
  });

  test("wakes threads that went to sleep", async () => {
    const alone = await results({ ...HELPED, threads: 1 });
    await startSimd(HELPED);
    for (let repetition = 0; repetition < 3; repetition++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(same(read(), alone)).toBe(true);
    }
  });

  test("replays a recorded step to the same bits on three threads as on one", async () => {
    const alone = await results({ ...HELPED, threads: 1 });
    await startSimd(HELPED);
    const given = inputs();
    const capture = captureStep(() => workload(given));
    if (!capture.captured) throw new Error(capture.refusal.reason);
    const numbersOf = (tensors: readonly Tensor[]) => tensors.map((tensor) => tensor.dataSync() as Float32Array);
    expect(same(numbersOf(capture.results), alone)).toBe(true);
    for (let repetition = 0; repetition < 100; repetition++) {
      // Now and then the threads have gone to sleep.
      if (repetition % 25 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(same(numbersOf(capture.graph.replay()), alone)).toBe(true);
    }
    capture.graph.dispose();
    for (const tensor of given) tensor.dispose();
    expect(memory().numTensors).toBe(0);
  });
});
