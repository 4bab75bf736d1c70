/** The command line of `npm run train`: what it takes, and that what it refuses is named and changes nothing. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseTrainArguments } from "./trainArguments.ts";
import type { TrainArguments } from "./trainArguments.ts";
import { UsageError } from "./usage.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duel-train-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function parse(...argv: readonly string[]): TrainArguments {
  const parsed = parseTrainArguments(["--out", join(folder, "out"), ...argv]);
  if (parsed === "help") throw new Error("Help was not asked for.");
  return parsed;
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe("the arguments of train", () => {
  test("have defaults for everything but the folder", () => {
    const { config, ...rest } = parse();
    const out = join(folder, "out");
    expect(rest).toEqual({ steps: 300, backend: "auto", samples: 0, evaluate: false, stripEvery: 25, out });
    expect(config).toMatchObject({ dataSet: "mnist", seed: 1, loss: "nonSaturating" });
  });

  test("take a preset, a file over it, single fields over both, and the seed", () => {
    const path = file("config.json", `{ "batchSize": 16, "labelSmoothing": 1 }`);
    const sets = ["--set", "labelSmoothing=0.8", "--set", "generator.0.units=1568", "--set", "loss=hinge"];
    const { config } = parse("--preset", "mnist-dcgan", "--config", path, ...sets, "--seed", "7");
    expect(config).toMatchObject({ batchSize: 16, labelSmoothing: 0.8, loss: "hinge", seed: 7, latentDim: 64 });
    expect(config.generator[0]).toMatchObject({ type: "dense", units: 1568 });
  });

  test("bring an optimizer's own fields along with it", () => {
    const { config } = parse("--set", "optimizer.generator.type=sgd", "--set", "optimizer.generator.momentum=0.3");
    expect(config.optimizer.generator).toEqual({ type: "sgd", learningRate: 2e-4, momentum: 0.3 });
  });

  test("take lists, objects and null as JSON", () => {
    const { config } = parse("--set", 'gradientPenalty={"type":"r1","weight":2}', "--set", "weightClip=0.1");
    expect(config).toMatchObject({ gradientPenalty: { type: "r1", weight: 2 }, weightClip: 0.1 });
    expect(parse("--set", "weightClip=null").config.weightClip).toBeNull();
  });

  test("may ask for a measurement, but not of points", () => {
    expect(parse("--evaluate").evaluate).toBe(true);
    expect(() => parse("--evaluate", "--set", "dataSet=ring")).toThrow(UsageError);
  });

  test("may ask for help and nothing else", () => {
    expect(parseTrainArguments(["--help"])).toBe("help");
  });

  test.each([
    [["--steps", "0"], "--steps is 0"],
    [["--steps", "12.5"], "whole number"],
    [["--samples", "many"], "--samples is many"],
    [["--backend", "gpu"], "--backend is gpu"],
    [["--preset", "faces"], "mnist-dcgan"],
    [["--colour"], "--colour"],
    [["stray"], "stray"],
    [["--seed", "-1"], "--seed"],
    [["--seed=-1"], "seed is -1"],
    [["--set", "batchSize"], "path=value"],
    [["--set", "batchsize=3"], "no batchsize"],
    [["--set", "generator.99.units=3"], "no generator.99.units"],
    [["--set", "generator.length=3"], "no generator.length"],
    [["--set", "__proto__.polluted=1"], "no __proto__.polluted"],
    [["--set", "batchSize=0"], "batchSize is 0"],
    [["--set", "labelSmoothing=[1]"], "labelSmoothing is [1]"],
    [["--set", "optimizer.generator.momentum=0.5"], "optimizer.generator.momentum"],
    [["--config", "/does/not/exist.json"], "cannot be read"],
    [["--steps", "5000", "--strip-every", "1"], "5 or more"],
  ])("refuse %j and say %j", (argv, words) => {
    expect(() => parse(...argv)).toThrow(UsageError);
    expect(() => parse(...argv)).toThrow(words);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("refuse a config file that is no config, with the field that is wrong", () => {
    expect(() => parse("--config", file("broken.json", "{"))).toThrow("cannot be read");
    expect(() => parse("--config", file("list.json", "[]"))).toThrow("holds no config");
    expect(() => parse("--config", file("wrong.json", `{ "loss": "best" }`))).toThrow("loss");
    expect(() => parse("--config", file("unknown.json", `{ "speed": 9 }`))).toThrow("speed");
  });

  test("refuse a folder that cannot be written into, or none", () => {
    expect(() => parseTrainArguments([])).toThrow("--out is missing");
    const path = file("taken", "");
    expect(() => parseTrainArguments(["--out", path])).toThrow("is not a folder");
    expect(() => parseTrainArguments(["--out", join(path, "below")])).toThrow("is not a folder");
  });
});
