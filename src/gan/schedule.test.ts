import { describe, expect, test } from "vitest";
import { DEFAULT_CONFIG } from "./config.ts";
import { learningRateFactor, noiseAfter, settingsAfter } from "./schedule.ts";

function factors(learningRateSchedule: "constant" | "linear" | "cosine", steps: readonly number[]): readonly number[] {
  return steps.map((step) => learningRateFactor({ learningRateSchedule, scheduleSteps: 400 }, step));
}

describe("the learning rate schedule", () => {
  test("constant leaves the rates alone", () => {
    expect(factors("constant", [0, 200, 10_000])).toEqual([1, 1, 1]);
  });

  test("linear falls evenly to zero and stays there", () => {
    expect(factors("linear", [0, 100, 200, 400, 900])).toEqual([1, 0.75, 0.5, 0, 0]);
  });

  test("cosine falls as half a wave does", () => {
    const [start, quarter, half, end, later] = factors("cosine", [0, 100, 200, 400, 900]);
    expect(start).toBe(1);
    expect(quarter).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
    expect(half).toBeCloseTo(0.5, 12);
    expect(end).toBe(0);
    expect(later).toBe(0);
  });

  test("scales both players' rates and nothing else", () => {
    const config = { ...DEFAULT_CONFIG, learningRateSchedule: "linear", scheduleSteps: 1000 } as const;
    expect(settingsAfter(config, 0)).toBe(config);
    const { generator, discriminator } = config.optimizer;
    expect(settingsAfter(config, 250)).toEqual({
      ...config,
      optimizer: {
        generator: { ...generator, learningRate: 0.75 * generator.learningRate },
        discriminator: { ...discriminator, learningRate: 0.75 * discriminator.learningRate },
      },
    });
  });
});

test("instance noise fades evenly to nothing where it has a number of steps, and stays where it has none", () => {
  const fading = { instanceNoise: 0.2, instanceNoiseSteps: 100 };
  expect([0, 50, 100, 1000].map((steps) => noiseAfter(fading, steps))).toEqual([0.2, 0.1, 0, 0]);
  expect(noiseAfter({ ...fading, instanceNoiseSteps: null }, 1000)).toBe(0.2);
  expect(noiseAfter({ ...fading, instanceNoise: null }, 50)).toBeNull();
  expect(settingsAfter({ ...DEFAULT_CONFIG, ...fading }, 50).instanceNoise).toBe(0.1);
});
