import { env, memory, setBackend, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { present } from "../../shared/invariant.ts";
import { uniform } from "../../shared/random.ts";
import { LINEAR, type Activation } from "../operations/activations.ts";
import { slopesOf } from "./slopes.ts";
import { isSoftwareDevice } from "./tiles.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
});

const TANH: Activation = { type: "tanh" };

/** Numbers in (−1, 1), as tanh gives them. */
function numbers(draw: number, count: number): Float32Array {
  return uniform({ seed: 1, stream: "samples", draw }, count).map((value) => 2 * value - 1);
}

function tensorsOf(size: number): readonly [dy: Tensor, y: Tensor] {
  return [tensor(numbers(0, size)), tensor(numbers(1, size))];
}

// Read four at once, and one by one with some left over for the last threads.
test.for([4096, 4099])(
  "a processor works out %d slopes once, and they are those of the definition",
  async (size, ctx) => {
    ctx.skip(!isSoftwareDevice(), "a graphics card leaves slopes to the kernels that read them");
    const before = memory().numTensors;
    const [dy, y] = tensorsOf(size);
    const dz = tidy(() => {
      const slopes = slopesOf(dy, y, TANH);
      expect(slopes.activation).toEqual(LINEAR);
      const [first] = slopes.tensors();
      expect(slopes.tensors()).toEqual([first]);
      return present(first, "the slopes");
    });
    const [theirs, values] = [numbers(0, size), numbers(1, size)];
    // Three roundings of 6e-8 of numbers below 1.
    for (const [index, slope] of (await dz.data<"float32">()).entries()) {
      const expected = (theirs[index] ?? NaN) * (1 - (values[index] ?? NaN) ** 2);
      expect(Math.abs(slope - expected)).toBeLessThan(2e-7);
    }
    for (const made of [dy, y, dz]) made.dispose();
    expect(memory().numTensors).toBe(before);
  },
);

test("a few slopes, and those of no activation, are left to the kernels", () => {
  const [dy, y] = tensorsOf(64);
  expect(slopesOf(dy, y, TANH)).toMatchObject({ activation: TANH });
  expect(slopesOf(dy, y, TANH).tensors()).toEqual([dy, y]);
  expect(slopesOf(dy, y, LINEAR).tensors()).toEqual([dy]);
  for (const made of [dy, y]) made.dispose();
});
