import { avgPool, grad, setBackend, tensor4d, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { startSimd } from "../simd/index.ts";
import { averagePooling2d } from "./averagePooling2d.ts";

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

describe.for(Object.entries(BACKENDS))("average pooling on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  // Means of up to nine numbers in another order: a rounding or two of 6e-8.
  test.for([1, 2, 3])("of squares of side %d gives what TensorFlow.js's own does, and its gradient", (size) => {
    const x = tensor4d(normal({ seed: 1, stream: "samples", draw: size }, 2 * 6 * 12 * 5), [2, 6, 12, 5]);
    const ours = (input: Tensor) => averagePooling2d(input as Tensor4D, size);
    const theirs = (input: Tensor) => avgPool(input as Tensor4D, size, size, "valid");
    const dy = tensor4d(normal({ seed: 2, stream: "samples", draw: 0 }, ours(x).size), ours(x).shape);
    for (const [actual, expected] of [
      [ours(x), theirs(x)],
      [grad(ours)(x, dy), grad(theirs)(x, dy)],
    ] as const) {
      expect(actual.shape).toEqual(expected.shape);
      const values = expected.dataSync();
      for (const [index, value] of actual.dataSync().entries()) expect(value).toBeCloseTo(values[index] ?? NaN, 6);
    }
  });
});
