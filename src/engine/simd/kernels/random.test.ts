import { grad, memory, sum, tidy, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, describe, expect, test } from "vitest";
import { normal, uniform } from "../../../shared/random.ts";
import { drawn, fused } from "../../kernels.ts";
import { createLiveNumbers, type LiveNumbers } from "../../liveNumbers.ts";
import { dropout, MASKS_AN_UPDATE } from "../../operations/dropout.ts";
import { DRAW_LIVE, interpolationWeights, randomLatents } from "../../operations/randomDraws.ts";
import { captureStep } from "../../stepGraph.ts";
import { startSimd } from "../index.ts";
import { numbers, ODD_SIZES, tensorOf } from "../testing.ts";

/** The second has all bits of a seed, and a draw whose low bits are lost in float32. */
const KEYS = [
  { seed: 1, draw: 0 },
  { seed: 4294967295, draw: 16777217 },
] as const;
/** Counts around the groups of sixteen, and one that several threads would share. */
const COUNTS = [...ODD_SIZES, 15, 16, 17, 40_003];

let live: LiveNumbers<keyof typeof DRAW_LIVE>;

function valuesOf(tensor: Tensor): Float32Array {
  const values = tensor.dataSync<"float32">().slice();
  tensor.dispose();
  return values;
}

/** What dropout multiplies by, for one batch of `size` numbers. */
function mask(rate: number, size: number, place: number): number[] {
  const { seed, draw } = live.values;
  const draws = uniform({ seed, stream: "dropout", draw: draw * MASKS_AN_UPDATE + place }, size);
  return [...draws].map((number) => (number < rate ? 0 : Math.fround(1 / (1 - rate))));
}

describe("random numbers made in the SIMD module", () => {
  beforeAll(async () => {
    await startSimd();
    live = createLiveNumbers(DRAW_LIVE);
  });

  test.for(KEYS)("uniform ones of seed $seed, draw $draw are those of the host, bit for bit", (key) => {
    live.set(key);
    for (const count of COUNTS) {
      const drawn = interpolationWeights({ stream: "interpolation", live }, count);
      expect(valuesOf(drawn)).toEqual(uniform({ ...key, stream: "interpolation" }, count));
    }
  });

  test.for(KEYS)("normal ones of seed $seed, draw $draw are those of the host", (key) => {
    live.set(key);
    for (const count of COUNTS) {
      const drawn = valuesOf(randomLatents({ stream: "discriminatorLatents", live }, count, 1));
      const expected = normal({ ...key, stream: "discriminatorLatents" }, count);
      // Both are made in float64, so that only a tie can be rounded to either side: one unit in the last place.
      for (const [index, number] of expected.entries()) {
        const error = Math.abs((drawn[index] ?? NaN) - number);
        expect(error).toBeLessThanOrEqual(Math.abs(number) * 2 ** -23);
      }
      const different = expected.filter((number, index) => number !== drawn[index]).length;
      expect(different).toBeLessThanOrEqual(count / 10_000);
    }
  });

  test("normal numbers stay right at both ends of the logarithm and at every quarter of the circle", () => {
    // A long stream comes within 2⁻²⁰ of either end and of each quarter turn.
    live.set({ seed: 9, draw: 3 });
    const count = 2 ** 20;
    const drawn = valuesOf(randomLatents({ stream: "samples", live }, count, 1));
    const expected = normal({ seed: 9, draw: 3, stream: "samples" }, count);
    let worst = 0;
    for (const [index, number] of expected.entries()) {
      const error = Math.abs((drawn[index] ?? NaN) - number) / Math.max(Math.abs(number), 2 ** -24);
      if (!(error <= worst)) worst = error;
    }
    expect(worst).toBeLessThanOrEqual(2 ** -23);
  });
});

describe("dropout in the SIMD module", () => {
  beforeAll(async () => {
    await startSimd();
    live = createLiveNumbers(DRAW_LIVE);
  });

  test.for([0.1, 0.3, 0.5, 0.9])("at rate %s drops what the host's draws say, and scales the rest", (rate) => {
    live.set({ seed: 4294967295, draw: 70_001 });
    for (const count of COUNTS) {
      const x = numbers([count], 1);
      const kept = mask(rate, count, 5);
      const y = tidy(() => dropout(tensorOf(x, [count]), rate, { live, places: [5] }));
      expect(valuesOf(y)).toEqual(x.map((number, index) => Math.fround(number * (kept[index] ?? NaN))));
    }
  });

  test("gives two batches in one tensor masks of their own", () => {
    live.set({ seed: 3, draw: 4 });
    for (const size of ODD_SIZES) {
      const x = numbers([2, size], 1);
      const kept = [...mask(0.4, size, 7), ...mask(0.4, size, 9)];
      const y = tidy(() => dropout(tensorOf(x, [2, size]), 0.4, { live, places: [7, 9] }));
      expect(valuesOf(y)).toEqual(x.map((number, index) => Math.fround(number * (kept[index] ?? NaN))));
    }
  });

  test("lets the gradient through where the numbers went through", () => {
    live.set({ seed: 3, draw: 4 });
    const dx = tidy(() =>
      grad((x: Tensor) => sum<Scalar>(dropout(x, 0.25, { live, places: [1, 2] })))(tensorOf(numbers([2, 33]), [2, 33])),
    );
    expect([...valuesOf(dx)]).toEqual([...mask(0.25, 33, 1), ...mask(0.25, 33, 2)]);
  });

  test("makes the mask by itself, for gradients of gradients", () => {
    live.set({ seed: 3, draw: 4 });
    const made = drawn("DuelDropoutMask", { shape: [2, 33], rate: 0.25, live, places: [1, 2] });
    expect(made === null ? [] : [...valuesOf(made)]).toEqual([...mask(0.25, 33, 1), ...mask(0.25, 33, 2)]);
  });

  test("is drawn anew at every replay", () => {
    live.set({ seed: 3, draw: 0 });
    const x = tensorOf(numbers([65]), [65]);
    const captured = captureStep(() => [tidy(() => dropout(x, 0.5, { live, places: [0] }))]);
    if (!captured.captured) throw new Error(captured.refusal.reason);
    for (const draw of [1, 2]) {
      live.set({ seed: 3, draw });
      const kept = mask(0.5, 65, 0);
      const [y] = captured.graph.replay();
      const expected = numbers([65]).map((number, index) => Math.fround(number * (kept[index] ?? NaN)));
      expect(y?.dataSync()).toEqual(expected);
    }
    captured.graph.dispose();
    x.dispose();
  });

  test("leaves nothing behind", () => {
    const before = memory();
    tidy(() => {
      fused("DuelDropout", { x: tensorOf(numbers([65]), [65]) }, { rate: 0.5, live, places: [0] });
    });
    expect(memory()).toEqual(before);
  });
});
