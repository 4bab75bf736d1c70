import { expect, test } from "vitest";
import { signsOf } from "../syntheticSigns.ts";
import { oscillation } from "./oscillation.ts";

const levelOf = (fakeScore: (step: number) => number) => oscillation.examine(signsOf(400, { fakeScore }))?.level;
const wave = (width: number, period: number) => (step: number) =>
  0.5 + (width / 2) * Math.sin((2 * Math.PI * step) / period);

test("is found where the score of fakes swings widely again and again", () => {
  expect(levelOf(wave(0.9, 20))).toBeGreaterThan(1);
});

test("is not found where it swings little, drifts across once, or jumps in a single step", () => {
  expect(levelOf(wave(0.2, 20))).toBeLessThan(0.7);
  expect(levelOf((step) => step / 400)).toBeLessThan(0.7);
  expect(levelOf((step) => (step === 350 ? 1 : 0.3))).toBeLessThan(0.7);
});

test("says how often and how far", () => {
  expect(oscillation.examine(signsOf(400, { fakeScore: (step) => (step % 20 < 10 ? 0.1 : 0.9) }))?.evidence).toBe(
    "In the last 100 steps the score of fakes went 10 times across from about 0.10 to 0.90 or back.",
  );
});
