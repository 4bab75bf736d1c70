import { describe, expect, test } from "vitest";
import { hashWords, normal, STREAMS, uniform, type RandomKey } from "./random.ts";

const KEY: RandomKey = { seed: 7, stream: "probe", draw: 3 };
const SAMPLES = 100_000;

function moments(values: Float32Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

describe("the hash", () => {
  test("gives the words that its definition gives, computed here with big integers", () => {
    const wrap = (value: bigint) => BigInt.asUintN(32, value);
    const reference = (input: readonly [bigint, bigint, bigint, bigint]) => {
      let [x, y, z, w] = input.map((word) => wrap(word * 1664525n + 1013904223n)) as [bigint, bigint, bigint, bigint];
      const mix = () => {
        x = wrap(x + y * w);
        y = wrap(y + z * x);
        z = wrap(z + x * y);
        w = wrap(w + y * z);
      };
      mix();
      [x, y, z, w] = [x ^ (x >> 16n), y ^ (y >> 16n), z ^ (z >> 16n), w ^ (w >> 16n)];
      mix();
      return [x, y, z, w].map(Number);
    };
    const words = new Uint32Array(4);
    hashWords(words, 4294967295, 2, 3, 12345);
    expect([...words]).toEqual(reference([4294967295n, 2n, 3n, 12345n]));
  });

  test("has a stream of its own for every purpose", () => {
    const numbers = Object.values(STREAMS);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe("draws", () => {
  test("are the same for the same key, whatever was drawn before", () => {
    const first = normal(KEY, 64);
    uniform({ ...KEY, draw: 99 }, 10);
    expect(normal(KEY, 64)).toEqual(first);
  });

  test("of a shorter count are the beginning of those of a longer one", () => {
    expect(normal(KEY, 7)).toEqual(normal(KEY, 64).slice(0, 7));
    expect(uniform(KEY, 5)).toEqual(uniform(KEY, 64).slice(0, 5));
  });

  test.each([{ seed: 8 }, { draw: 4 }, { stream: "samples" }] as const)(
    "differ where the key differs in %o",
    (change) => {
      expect(uniform({ ...KEY, ...change }, 16)).not.toEqual(uniform(KEY, 16));
    },
  );

  // The standard error of a mean of 100,000 is 0.0009 for uniform and 0.0032 for normal numbers: the bounds are five of them.
  test("of uniform numbers lie in [0, 1) with the mean and variance of that interval", () => {
    const values = uniform(KEY, SAMPLES);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value < 1)).toBe(true);
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0046);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0013);
  });

  test("of normal numbers are finite, with mean 0, variance 1 and the tails of the bell curve", () => {
    const values = normal(KEY, SAMPLES);
    expect(values.every(Number.isFinite)).toBe(true);
    const { mean, variance } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(0.016);
    expect(Math.abs(variance - 1)).toBeLessThan(0.023);
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / SAMPLES;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.0034);
  });

  test("of neighbouring keys are uncorrelated", () => {
    const left = normal(KEY, SAMPLES);
    const right = normal({ ...KEY, draw: KEY.draw + 1 }, SAMPLES);
    const correlation = left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0) / SAMPLES;
    expect(Math.abs(correlation)).toBeLessThan(0.016);
  });
});
