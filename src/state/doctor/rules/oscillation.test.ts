import { expect, test } from "vitest";
import { uniform } from "../../../shared/random.ts";
import { signsOf } from "../syntheticSigns.ts";
import { oscillation } from "./oscillation.ts";

type Formula = (step: number) => number;

/** Scores that both players pull at: as fakes rise, real images fall. */
const examine = (steps: number, fakeScore: Formula, realScore: Formula = (step) => 1 - fakeScore(step)) =>
  oscillation.examine(signsOf(steps, { fakeScore, realScore }));
const wave = (width: number, period: number) => (step: number) =>
  0.5 + (width / 2) * Math.sin((2 * Math.PI * step) / period);
const draws = uniform({ seed: 1, stream: "guessing", draw: 0 }, 2001);
const noise = (step: number) => draws[step] ?? NaN;

test.each([20, 50, 330, 900])("is found where the lead changes again and again, every %i steps", (period) => {
  expect(examine(2000, wave(0.5, period))?.level).toBeGreaterThanOrEqual(1);
});

test("is found of a critic, too, whose scores are no probabilities", () => {
  const signs = signsOf(400, { fakeScore: wave(0.4, 50), realScore: () => 0.5 }, { config: { loss: "wasserstein" } });
  expect(oscillation.examine(signs)?.level).toBeGreaterThanOrEqual(1);
});

test("is not found where scores jump at every step and real images stay ahead, as those of a DCGAN that is well", () => {
  const jumping = (step: number) => (step % 2 === 0 ? 0.05 : 0.55) + 0.15 * noise(step);
  expect(examine(2000, jumping)?.level).toBeLessThan(0.7);
  expect(examine(2000, jumping, () => 0.3)?.level).toBeLessThan(0.7);
});

test("is not found where one player stays ahead however its lead swings", () => {
  expect(examine(400, wave(0.3, 20), () => 0.8)?.level).toBeLessThan(0.7);
});

test("is not found where the lead changes little, once, for a single step, or by chance", () => {
  expect(examine(400, wave(0.08, 20))?.level).toBeLessThan(0.7);
  expect(examine(400, (step) => step / 400)?.level).toBeLessThan(0.7);
  expect(examine(400, (step) => (step === 350 ? 1 : 0.3))?.level).toBeLessThan(0.7);
  expect(examine(400, (step) => noise(step))?.level).toBeLessThan(0.7);
});

test("ends soon after the circles have", () => {
  expect(examine(2000, (step) => (step < 1700 ? wave(0.5, 20)(step) : 0.4))?.level).toBeLessThan(0.7);
});

test("is not told before there is anything to judge by", () => {
  expect(examine(50, wave(0.9, 20))).toBeNull();
  expect(examine(400, () => NaN)).toBeNull();
});

test("says how often and how far", () => {
  expect(examine(100, (step) => ((step - 1) % 20 < 10 ? 0.2 : 0.7))?.evidence).toBe(
    "In the last 100 steps the lead changed 9 times: real images were scored about 0.60 higher than fakes, then 0.40 lower.",
  );
});
