import { expect, test } from "vitest";
import { signsOf } from "../syntheticSigns.ts";
import { discriminatorWins } from "./discriminatorWins.ts";

const levelOf = (...given: Parameters<typeof signsOf>) => discriminatorWins.examine(signsOf(...given))?.level;
const CERTAIN = { realScore: () => 0.99, fakeScore: () => 0.01 };

test("is found where scores stay at their ends", () => {
  expect(levelOf(300, CERTAIN)).toBeGreaterThan(1);
});

test("is not found in a fair duel, in one that is lopsided, or where it was only so before", () => {
  expect(levelOf(300)).toBeLessThan(0.7);
  expect(levelOf(300, { realScore: () => 0.9, fakeScore: () => 0.1 })).toBeLessThan(1);
  expect(levelOf(300, { ...CERTAIN, fakeScore: (step) => (step < 150 ? 0.01 : 0.4) })).toBeLessThan(0.7);
});

test("is found below certainty where labels teach it no more than that", () => {
  const taught = { realScore: () => 0.9, fakeScore: () => 0.01 };
  expect(levelOf(300, taught, { config: { labelSmoothing: 0.9 } })).toBeGreaterThan(1);
  expect(levelOf(300, taught, { config: { labelSmoothing: 1 } })).toBeLessThan(1);
});

test("is not asked in the first steps, nor of critics, whose scores are no probabilities", () => {
  expect(levelOf(60, CERTAIN)).toBeUndefined();
  expect(levelOf(300, CERTAIN, { config: { loss: "wasserstein" } })).toBeUndefined();
});
