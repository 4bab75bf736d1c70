import { expect, test } from "vitest";
import { RULES } from "../rules.ts";
import { signsOf } from "../syntheticSigns.ts";
import { healthy } from "./healthy.ts";

test("is told of a fair duel, in which no other rule finds anything", () => {
  const signs = signsOf(400, {}, { variety: 0.9 });
  expect(healthy.examine(signs)?.level).toBe(1);
  for (const { title, examine } of RULES) expect([title, (examine(signs)?.level ?? 0) < 0.7]).toEqual([title, true]);
});

test("is not told before there is anything to judge by", () => {
  expect(healthy.examine(signsOf(50))).toBeNull();
  expect(healthy.examine(signsOf(400, { generatorGradientNorm: () => NaN }))).toBeNull();
});
