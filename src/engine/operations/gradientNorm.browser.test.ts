import { dispose, env, memory, setBackend, tensor1d } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { gradientNorm } from "../gradients.ts";
import { registerGradientNorm } from "./gradientNorm.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerGradientNorm();
});

/** One gradient, seven, as many as one dispatch takes, and more; sizes that do and do not fill vectors of four. */
const CASES = [[1], [3, 7, 31, 33, 65, 64, 1], [1025, 1, 3, 7, 31, 33, 65, 4096, 2]] as const;

test.for(CASES)("the norm of gradients of %o numbers on WebGPU is that of float64", async (sizes) => {
  const values = [...sizes].map((size, draw) => normal({ seed: 2, stream: "samples", draw }, size));
  const gradients = values.map((numbers) => tensor1d(numbers));
  const before = memory().numTensors;
  const norm = gradientNorm(gradients);
  const [actual = NaN] = await norm.data();
  norm.dispose();
  expect(memory().numTensors).toBe(before);
  dispose(gradients);
  const squares = values.flatMap((numbers) => [...numbers].map((value) => value ** 2));
  const expected = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  // Sums of up to 5,263 squares in parts of some twenty, in float32.
  expect(actual / expected).toBeCloseTo(1, 6);
});
