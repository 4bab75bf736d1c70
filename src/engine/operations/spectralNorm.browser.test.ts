import { dispose, env, memory, mul, setBackend, sum, tensor, tidy, variable, type Scalar } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { present } from "../../shared/invariant.ts";
import { normal } from "../../shared/random.ts";
import { differentiate } from "../gradients.ts";
import { iteratePower, spectralNorm, type KernelMatrix } from "./spectralNorm.ts";
import { registerSpectralNorm } from "./spectralNorm.wgsl.ts";

const MATRICES: readonly KernelMatrix[] = [
  { outer: 5, outputs: 3, inner: 1 },
  { outer: 300, outputs: 32, inner: 1 },
  { outer: 12, outputs: 1, inner: 1 },
  { outer: 16, outputs: 5, inner: 40 },
];

/** u and v after three steps, the kernel that they make, and the gradient by it of a weighted sum. */
async function results({ outer, outputs, inner }: KernelMatrix): Promise<readonly ArrayLike<number>[]> {
  const draw = (key: number, count: number) => normal({ seed: 11, stream: "samples", draw: key }, count);
  const shape = [outer, outputs, inner];
  const size = outer * outputs * inner;
  const [kernel, weights, u, v] = tidy(() => [
    variable(tensor(draw(0, size), shape)),
    variable(tensor(draw(4, size), shape), false),
    variable(tensor(draw(1, outputs)), false),
    variable(tensor(draw(2, outer * inner)), false),
  ]);
  const matrix = { outer, outputs, inner };
  for (let step = 0; step < 3; step++) iteratePower(kernel, { u, v }, matrix);
  const [normalized, gradient] = tidy(() => {
    const { gradients, measured } = differentiate(() => {
      const result = spectralNorm(kernel, { u, v }, matrix);
      return { objective: sum<Scalar>(mul(result, weights)), measured: [result] };
    }, [kernel]);
    return [present(measured[0], "the kernel"), present(gradients[0], "its gradient")];
  });
  const values = await Promise.all([u, v, normalized, gradient].map((each) => each.data()));
  dispose([kernel, weights, u, v, normalized, gradient]);
  return values;
}

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerSpectralNorm();
});

test.for(MATRICES)("spectral norms on WebGPU are those of the portable twin, for %o", async (matrix) => {
  await setBackend("cpu");
  const expected = await results(matrix);
  await setBackend("webgpu");
  const before = memory().numTensors;
  const actual = await results(matrix);
  expect(memory().numTensors).toBe(before);
  for (const [index, theirs] of expected.entries()) {
    const ours = present(actual[index], "a result");
    expect(ours.length).toBe(theirs.length);
    const distance = Math.hypot(...Array.from(theirs, (value, place) => value - (ours[place] ?? NaN)));
    // Sums of up to 640 terms in float32 on either side.
    expect(distance / Math.hypot(...Array.from(theirs)), `output ${String(index)}`).toBeLessThan(1e-5);
  }
});
