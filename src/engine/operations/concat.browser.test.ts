import { concat, env, grads, memory, mul, setBackend, sum, tensor2d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { registerConcat } from "./concat.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerConcat();
});

const SIZES = [1, 3, 7, 31, 33, 65] as const;

function numbers(count: number, seed: number): number[] {
  return [...uniform({ seed, stream: "initialWeights", draw: 0 }, count)];
}

test("rows of two matrices stand one after the other, whether or not they are whole vectors", async () => {
  for (const first of SIZES) {
    for (const second of SIZES) {
      for (const columns of [1, 3, 4, 28]) {
        const [a, b] = [numbers(first * columns, 1), numbers(second * columns, 2)];
        const y = tidy(() => concat([tensor2d(a, [first, columns]), tensor2d(b, [second, columns])], 0));
        expect(y.shape).toEqual([first + second, columns]);
        expect(await y.data()).toEqual(Float32Array.from([...a, ...b]));
        y.dispose();
      }
    }
  }
});

test("what lies side by side, or is more than two, is put together as before", async () => {
  const [a, b] = [tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [2, 4]), tensor2d([11, 12, 13, 14, 15, 16, 17, 18], [2, 4])];
  const beside = tidy(() => concat([a, b], 1));
  expect(await beside.data()).toEqual(Float32Array.from([1, 2, 3, 4, 11, 12, 13, 14, 5, 6, 7, 8, 15, 16, 17, 18]));
  const three = tidy(() => concat([b, a, b], 0));
  expect((await three.data()).slice(6, 10)).toEqual(Float32Array.from([17, 18, 1, 2]));
  for (const tensor of [a, b, beside, three]) tensor.dispose();
});

test("each of two gets its own part of the gradient, and nothing is left in the memory", async () => {
  const before = memory().numTensors;
  const [a, b] = [tensor2d(numbers(8, 3), [2, 4]), tensor2d(numbers(12, 4), [3, 4])];
  const weights = tensor2d(numbers(20, 5), [5, 4]);
  const slopes = tidy(() => grads((x: Tensor, y: Tensor) => sum(mul(concat([x, y], 0), weights)))([a, b]));
  const [da, db] = await Promise.all(slopes.map((slope) => slope.data()));
  expect([...(da ?? []), ...(db ?? [])]).toEqual([...(await weights.data())]);
  for (const tensor of [a, b, weights, ...slopes]) tensor.dispose();
  expect(memory().numTensors).toBe(before);
});
