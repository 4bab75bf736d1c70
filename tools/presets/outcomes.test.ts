import { describe, expect, test } from "vitest";
import { PRESETS } from "../../src/gan/presets/index.ts";
import { MNIST_MLP } from "../../src/gan/presets/mnistMlp.ts";
import { POINTS_RING } from "../../src/gan/presets/pointsRing.ts";
import { isCurrent, mergeOutcome, parseOutcomes, stepsOf, writeOutcomes, type Outcome } from "./outcomes.ts";

const MACHINE = { backend: "simd", device: "2 threads", processor: "a processor, 2 cores", load: 1.5 };

function outcome(...steps: readonly number[]): Outcome {
  const moments = steps.map((step) => ({ step, seconds: step / 10, measures: { frechet: 1000 / step, covered: 3 } }));
  return { config: MNIST_MLP.config, machine: MACHINE, moments, divergedAt: null };
}

describe("a preset is measured", () => {
  test("at the steps of its kind of data", () => {
    expect(stepsOf(MNIST_MLP)).toEqual([200, 600, 2000]);
    expect(stepsOf(POINTS_RING)).toEqual([500, 1000, 5000]);
  });

  test("and where it promises something, in order and once", () => {
    const expects = [3000, 100, 600].map((step) => ({ step, measure: "score", atLeast: 1 }) as const);
    expect(stepsOf({ config: MNIST_MLP.config, expects })).toEqual([100, 200, 600, 2000, 3000]);
  });

  test("last at the most that is asked for, where that is less", () => {
    expect(stepsOf(MNIST_MLP, 700)).toEqual([200, 600, 700]);
    expect(stepsOf(MNIST_MLP, 600)).toEqual([200, 600]);
    expect(stepsOf(MNIST_MLP, 50)).toEqual([50]);
    expect(stepsOf(MNIST_MLP, 5000)).toEqual([200, 600, 2000]);
  });
});

describe("an outcome is up to date", () => {
  const { config } = MNIST_MLP;

  test("while its config trains the same and all steps were measured", () => {
    expect(isCurrent(outcome(200, 600), { ...config }, [200, 600])).toBe(true);
    expect(isCurrent(outcome(200, 600), config, [600])).toBe(true);
    expect(isCurrent(outcome(200), config, [200, 600])).toBe(false);
    expect(isCurrent(outcome(200), { ...config, seed: 2 }, [200])).toBe(false);
    expect(isCurrent(outcome(200), { ...config, generator: config.generator.slice(1) }, [200])).toBe(false);
    expect(isCurrent(undefined, config, [200])).toBe(false);
  });

  test("when the run diverged, since it will again", () => {
    expect(isCurrent({ ...outcome(200), divergedAt: 431 }, config, [200, 600])).toBe(true);
  });
});

test("a new outcome replaces that of its preset alone; the order is the presets', and what is gone from them goes", () => {
  const presets = [{ id: "first" }, { id: "second" }, { id: "third" }];
  const before = { gone: outcome(1), third: outcome(3), first: outcome(1) };
  const merged = mergeOutcome(mergeOutcome(before, presets, "second", outcome(2)), presets, "third", outcome(30));
  expect(Object.keys(merged)).toEqual(["first", "second", "third"]);
  expect(merged).toEqual({ first: before.first, second: outcome(2), third: outcome(30) });
  expect(before.third).toEqual(outcome(3));
});

describe("the file of outcomes", () => {
  test("comes back as it was written, for the config of every preset", () => {
    const outcomes = Object.fromEntries(PRESETS.map(({ id, config }) => [id, { ...outcome(200, 600), config }]));
    expect(parseOutcomes(writeOutcomes(outcomes))).toEqual(outcomes);
    const diverged = { one: { ...outcome(), divergedAt: 12 } };
    expect(parseOutcomes(writeOutcomes(diverged))).toEqual(diverged);
    expect(parseOutcomes(writeOutcomes({}))).toEqual({});
  });

  test("has a line a moment", () => {
    const lines = (...steps: readonly number[]) => writeOutcomes({ one: outcome(...steps) }).split("\n");
    const [few, more] = [lines(200, 600), lines(200, 600, 2000)];
    expect(more).toHaveLength(few.length + 1);
    expect(more.filter((line) => !few.includes(line))).toHaveLength(2); // The new line, and a comma after the one before.
  });

  test.each([
    ["no version", (text: string) => text.replace('"version": 1', '"version": 2')],
    ["an unknown measure", (text: string) => text.replace('"covered"', '"beauty"')],
    ["a config that is none", (text: string) => text.replace('"batchSize":64', '"batchSize":-1')],
    ["half of its text", (text: string) => text.slice(0, text.length / 2)],
  ])("is refused with %s", (_, spoil) => {
    const text = writeOutcomes({ one: outcome(200) });
    expect(spoil(text)).not.toBe(text);
    expect(() => parseOutcomes(spoil(text))).toThrow(/\S/);
  });
});
