import { describe, expect, test } from "vitest";
import { PRESETS } from "../../src/gan/presets/index.ts";
import { UsageError } from "../cli/usage.ts";
import { parsePresetsArguments, type PresetsArguments } from "./presetsArguments.ts";

function parse(...argv: readonly string[]): PresetsArguments {
  const parsed = parsePresetsArguments(argv);
  if (parsed === "help") throw new Error("Help was not asked for.");
  return parsed;
}

function named(...argv: readonly string[]): readonly string[] | undefined {
  return parse(...argv).presets?.map(({ id }) => id);
}

describe("the arguments of presets", () => {
  test("ask for what is out of date unless told otherwise", () => {
    expect(parse()).toEqual({ presets: null, mostSteps: Infinity, backend: "auto", out: null, render: false });
    expect(parse("--again").presets).toEqual(PRESETS);
  });

  test("name a preset by its id, or several by a part of it, in the order of the menu", () => {
    expect(named("--filter", "mnist-dcgan")).toEqual(["mnist-dcgan"]);
    expect(named("--filter", "points-")).toEqual(["points-ring", "points-eight-gaussians", "points-grid-25"]);
    expect(named("--filter", "points-ring", "--filter", "mnist-mlp")).toEqual(["mnist-mlp", "points-ring"]);
  });

  test.each([
    [["--filter", "nobody"], "nobody"],
    [["--filter", ""], "empty"],
    [["--steps", "0"], "--steps"],
    [["--backend", "abacus"], "abacus"],
    [["--out", ""], "--out"],
    [["--render", "--again"], "--render"],
    [["--render", "--filter", "mnist-mlp"], "--render"],
    [["points-ring"], "points-ring"],
    [["--speed", "5"], "--speed"],
  ])("%j are refused by name", (argv, name) => {
    expect(() => parsePresetsArguments(argv)).toThrow(UsageError);
    expect(() => parsePresetsArguments(argv)).toThrow(name);
  });

  test("may ask for help and nothing else", () => {
    expect(parsePresetsArguments(["--help"])).toBe("help");
  });
});
