/** What a soak prints, and what it calls growth. */
import { expect, test } from "vitest";
import { describeGrowth, describeLook, hasGrown, LOOKS_HEADER, type Look } from "./soakReport.ts";

function look(step: number, changes: Partial<Look["memory"]> = {}, gpuBuffers: number | null = null): Look {
  return { step, memory: { tensors: 80, bytes: 4000, takenBytes: null, ...changes }, gpuBuffers };
}

test("a run that holds the same at the end has not grown, whatever it held between", () => {
  const looks = [look(50), look(60, { tensors: 90 }), look(70)];
  expect(hasGrown(looks)).toBe(false);
  expect(describeGrowth(looks).trim().split(/ +/)).toEqual(["growth", "0", "0", "–", "–"]);
});

test("one tensor, byte or buffer more is growth, and less is none", () => {
  expect(hasGrown([look(50), look(60, { tensors: 81 })])).toBe(true);
  expect(hasGrown([look(50), look(60, { bytes: 4004 })])).toBe(true);
  expect(hasGrown([look(50, { takenBytes: 1 }), look(60, { takenBytes: 2 })])).toBe(true);
  expect(hasGrown([look(50, {}, 7), look(60, {}, 8)])).toBe(true);
  expect(hasGrown([look(50, { tensors: 81 }), look(60)])).toBe(false);
});

test("columns stand under their names", () => {
  const line = describeLook(look(10_000, { takenBytes: 16_777_216 }, 120));
  expect(line).toHaveLength(LOOKS_HEADER.length);
  expect(line.trim().split(/ +/)).toEqual(["10,000", "80", "4,000", "16,777,216", "120"]);
});
