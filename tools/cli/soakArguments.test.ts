/** The command line of `npm run soak`. */
import { expect, test } from "vitest";
import { parseSoakArguments } from "./soakArguments.ts";
import { UsageError } from "./usage.ts";

test("looks ten times after the run has settled, at the end the last time", () => {
  const parsed = parseSoakArguments(["--steps", "1050", "--backend", "simd"]);
  if (parsed === "help") throw new Error("Help was not asked for.");
  expect(parsed).toMatchObject({ preset: "mnist-mlp", backend: "simd", out: null });
  expect(parsed.looks).toEqual([50, 150, 250, 350, 450, 550, 650, 750, 850, 950, 1050]);
});

test.for([
  [["--steps", "59"], "--steps is 59"],
  [["--preset", "nothing"], "--preset is nothing"],
  [["--backend", "gpu"], "--backend is gpu"],
  [["more"], "more belongs to no option"],
] as const)("refuses %s in words", ([argv, message]) => {
  expect(() => parseSoakArguments(argv)).toThrow(UsageError);
  expect(() => parseSoakArguments(argv)).toThrow(message);
});
