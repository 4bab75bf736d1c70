import { describe, expect, test } from "vitest";
import { UsageError } from "../tools/cli/usage.ts";
import { parseBenchArguments } from "./arguments.ts";
import { casesFor, describeCase } from "./cases.ts";

const CASES = casesFor(4);

/** The arguments, which must be neither wrong nor a call for help. */
function parse(...argv: readonly string[]) {
  const parsed = parseBenchArguments(argv, CASES);
  if (parsed === "help") throw new Error("Help was not asked for.");
  return { ...parsed, cases: parsed.cases.map(describeCase) };
}

test("nothing asked for is everything, and nothing written", () => {
  const { presets, cases, rounds, seconds, json, v8 } = parse();
  expect(presets).toEqual(["mnist-mlp", "mnist-dcgan"]);
  expect(cases).toHaveLength(CASES.length);
  expect(rounds).toBeGreaterThan(1);
  expect(seconds).toBe(75);
  expect(json).toBeNull();
  expect(v8).toBeNull();
});

test("filters of one kind widen the choice, filters of different kinds narrow it", () => {
  expect(parse("--filter", "mnist-mlp,webgpu,duel")).toMatchObject({
    presets: ["mnist-mlp"],
    cases: ["Duel, webgpu"],
  });
  expect(parse("--filter", "duel", "--filter", "simd,cpu", "--filter", "pytorch").cases).toEqual([
    "Duel, simd, 1 thread",
    "Duel, simd, 4 threads",
    "PyTorch, cpu, 1 thread",
    "PyTorch, cpu, 4 threads",
  ]);
});

test("on a machine of one thread nobody is measured twice", () => {
  const names = casesFor(1).map(describeCase);
  expect(new Set(names).size).toBe(names.length);
});

test("help goes before everything else", () => {
  expect(parseBenchArguments(["--help", "--rounds", "none"], CASES)).toBe("help");
});

describe("what makes no sense is refused, and named:", () => {
  test.each([
    [["--filter", "cuda"], "cuda"],
    [["--filter", "mnist-mlp,"], "names nothing"],
    [["--filter", "tfjs,simd"], "leaves nothing"],
    [["--rounds", "0"], "--rounds is 0"],
    [["--seconds", "soon"], "--seconds is soon"],
    [["--json", ""], "--json"],
    [["results.json"], "results.json"],
    [["--v8", "x --no-sandbox"], "--v8 is x --no-sandbox"],
    [["--fast"], "--fast"],
  ])("%j", (argv, named) => {
    expect(() => parseBenchArguments(argv, CASES)).toThrow(UsageError);
    expect(() => parseBenchArguments(argv, CASES)).toThrow(named);
  });
});
