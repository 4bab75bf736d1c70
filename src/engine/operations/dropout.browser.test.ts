import { env, grad, memory, mul, setBackend, sum, tensor1d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { normal, uniform } from "../../shared/random.ts";
import { createLiveNumbers, type LiveNumbers } from "../liveNumbers.ts";
import { recordStep } from "../recordedStep.ts";
import { dropout, MASKS_AN_UPDATE } from "./dropout.ts";
import { registerDropout } from "./dropout.wgsl.ts";
import { DRAW_LIVE } from "./randomDraws.ts";

let live: LiveNumbers<"seed" | "draw">;

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerDropout();
  live = createLiveNumbers(DRAW_LIVE);
});

/** Numbers in each batch, the rate, and the places of the batches' masks. */
const CASES: readonly (readonly [size: number, rate: number, places: readonly number[]])[] = [
  [1, 0.5, [0]],
  [3, 0.3, [7, 511]],
  [31, 0.25, [64, 128]],
  [64, 0.9, [3]],
  [65 * 33, 0.1, [1, 65]],
  [7 * 4, 0.3, [64, 128, 192]],
];

/** What dropout gives, number by number, in the float32 that every backend multiplies in. */
function expectedOf(x: Float32Array, rate: number, places: readonly number[], update: number): Float32Array {
  const size = x.length / places.length;
  const scale = Math.fround(1 / (1 - rate));
  const masks = places.map((place) =>
    uniform({ seed: 9, stream: "dropout", draw: update * MASKS_AN_UPDATE + place }, size),
  );
  return x.map((value, index) => {
    const drawn = masks[Math.floor(index / size)]?.[index % size] ?? NaN;
    return drawn < rate ? value * 0 : value * scale;
  });
}

const drawNumbers = (draw: number, count: number) => normal({ seed: 2, stream: "samples", draw }, count);

test.for(CASES)("%i numbers lose, at a rate of %f, what the host's masks %o take", async ([size, rate, places]) => {
  const count = size * places.length;
  const [x, dy] = [drawNumbers(0, count), drawNumbers(1, count)];
  const before = memory().numTensors;
  // Beyond 2³² draws the number wraps, as the hash on the host does.
  for (const update of [0, 12_345_678]) {
    live.set({ seed: 9, draw: update });
    const [y, dx] = tidy(() => {
      const drop = (input: Tensor) => dropout(input, rate, { live, places });
      return [drop(tensor1d(x)), grad(drop)(tensor1d(x), tensor1d(dy))] as const;
    });
    expect([...(await y.data())]).toEqual([...expectedOf(x, rate, places, update)]);
    expect([...(await dx.data())]).toEqual([...expectedOf(dy, rate, places, update)]);
    for (const each of [y, dx]) each.dispose();
  }
  expect(memory().numTensors).toBe(before);
});

test("a recorded dropout draws the masks of its update at every replay, also within a second derivative", async () => {
  const x = tensor1d(drawNumbers(0, 33));
  const masks = { live, places: [64] };
  // The slope of Σ dropout(x)² is 2 · mask² · x, and the slope of that, weighted by x, 2 · mask² · x again.
  const slope = (at: Tensor) =>
    grad((input: Tensor) => sum(mul(dropout(input, 0.5, masks), dropout(input, 0.5, masks))))(at);
  const step = recordStep(() => tidy(() => [dropout(x, 0.5, masks), grad(slope)(x, x)]));
  for (let update = 0; update < 4; update++) {
    live.set({ seed: 9, draw: update });
    const [once, twice] = await Promise.all(step.run().map((result) => result.data()));
    const expected = expectedOf(drawNumbers(0, 33), 0.5, [64], update);
    expect([...(once ?? [])]).toEqual([...expected]);
    // Masks of 0 and 2 are squared, and all is exact.
    expect([...(twice ?? [])]).toEqual([...expected].map((value) => 4 * value));
    expect(step.refusal).toBeNull();
  }
  for (const held of [step, x]) held.dispose();
});
