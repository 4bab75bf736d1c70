import { env, grads, memory, setBackend, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import type { Activation } from "./activations.ts";
import { instanceNorm } from "./instanceNorm.ts";
import { registerInstanceNorm } from "./instanceNorm.wgsl.ts";

/** shape, activation. */
const CASES: readonly (readonly [shape: readonly number[], activation: Activation])[] = [
  [[1, 3, 3, 3], { type: "linear" }],
  [[3, 5, 7, 8], { type: "reLU" }],
  [[4, 9, 2, 32], { type: "leakyReLU", alpha: 0.2 }],
  [[5, 4, 4, 5], { type: "tanh" }],
];

/** y and its gradients by x, gamma and beta. */
async function results(shape: readonly number[], activation: Activation): Promise<readonly ArrayLike<number>[]> {
  const channels = shape.at(-1) ?? 1;
  const numbers = (draw: number, of: readonly number[], mean = 0) => {
    const size = of.reduce((product, dimension) => product * dimension, 1);
    return tensor(
      normal({ seed: 5, stream: "samples", draw }, size).map((value) => value + mean),
      [...of],
    );
  };
  const tensors = tidy(() => {
    const inputs = [numbers(0, shape, 3), numbers(1, [channels]), numbers(2, [channels])];
    const layer = (x: Tensor, gamma: Tensor, beta: Tensor) => instanceNorm(x, gamma, beta, activation);
    return [layer(...(inputs as [Tensor, Tensor, Tensor])), ...grads(layer)(inputs, numbers(3, shape))];
  });
  const values = await Promise.all(tensors.map((each) => each.data()));
  for (const each of tensors) each.dispose();
  return values;
}

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerInstanceNorm();
});

test.for(CASES)("instances of %o are normalised on WebGPU as the portable twin does", async ([shape, activation]) => {
  await setBackend("cpu");
  const expected = await results(shape, activation);
  await setBackend("webgpu");
  const before = memory().numTensors;
  const actual = await results(shape, activation);
  expect(memory().numTensors).toBe(before);
  for (const [index, theirs] of expected.entries()) {
    const ours = actual[index] ?? [];
    expect(ours.length).toBe(theirs.length);
    const distance = Math.hypot(...Array.from(theirs, (value, place) => value - (ours[place] ?? NaN)));
    // Some tens of roundings of 6e-8 on either side, enlarged by the mean, which is three times the deviation.
    expect(distance / Math.max(Math.hypot(...Array.from(theirs)), 1e-2), `output ${String(index)}`).toBeLessThan(1e-5);
  }
});
