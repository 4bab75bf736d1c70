import { expect, test } from "vitest";
import { RULES } from "../rules.ts";
import { signsOf } from "../syntheticSigns.ts";
import { healthy } from "./healthy.ts";

test("is told of a fair duel, in which no other rule finds anything", () => {
  const signs = signsOf(400, {}, { variety: 0.9 });
  expect(healthy.examine(signs)?.level).toBe(1);
  for (const { title, examine } of RULES) expect([title, (examine(signs)?.level ?? 0) < 0.7]).toEqual([title, true]);
});

test("says scores only where they are probabilities", () => {
  expect(healthy.examine(signsOf(400))?.evidence).toContain("scores were typically 0.65 for real and 0.35 for fake");
  const critic = signsOf(400, {}, { config: { loss: "wasserstein" } });
  expect(healthy.examine(critic)?.evidence).toBe(
    "Over the last 100 steps the generator’s gradient was typically 0.5 long, and neither loss ran away.",
  );
});

test("is not told before there is anything to judge by", () => {
  expect(healthy.examine(signsOf(50))).toBeNull();
  expect(healthy.examine(signsOf(400, { generatorGradientNorm: () => NaN }))).toBeNull();
});
