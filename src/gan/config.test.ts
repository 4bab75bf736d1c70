import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_CONFIG, describeProblem, parseConfig } from "./config.ts";

/** The sentences that a person would read. */
function complaints(input: unknown): readonly string[] {
  const parsed = parseConfig(input);
  return parsed.ok ? [] : parsed.problems.map(describeProblem);
}

test("an empty object is the default config", () => {
  expect(parseConfig({})).toEqual({ ok: true, config: DEFAULT_CONFIG });
});

test("a config survives being written as JSON and parsed again", () => {
  const parsed = parseConfig(JSON.parse(JSON.stringify({ ...DEFAULT_CONFIG, seed: 9 })));
  expect(parsed).toEqual({ ok: true, config: { ...DEFAULT_CONFIG, seed: 9 } });
});

test("a layer takes the defaults of what it leaves out", () => {
  const parsed = parseConfig({ generator: [{ type: "dense", units: 4 }, { type: "leakyReLU" }] });
  expect(parsed.ok && parsed.config.generator).toEqual([
    { type: "dense", units: 4, useBias: true },
    { type: "leakyReLU", alpha: 0.2 },
  ]);
});

describe("a refusal names the field, the value and what is allowed:", () => {
  test.each([
    [{ seed: -1 }, "seed is -1; it must be a whole number from 0 to 4294967295."],
    [{ batchSize: 2.5 }, "batchSize is 2.5; it must be a whole number from 1 to 512."],
    [{ labelSmoothing: Number.NaN }, "labelSmoothing is NaN; it must be a number from 0.5 to 1."],
    [
      { loss: "entropy" },
      'loss is "entropy"; it must be one of nonSaturating, minimax, leastSquares, relativisticAverage, hinge, wasserstein.',
    ],
    [{ learningRate: 1 }, "learningRate is not a field of a config."],
    [{ version: 2 }, "version is 2; it must be 1, the version of the schema."],
    [
      { generator: [{ type: "dense", units: 0 }] },
      "generator.0.units is 0; it must be a whole number from 1 to 65536.",
    ],
    [{ discriminator: [] }, "discriminator is []; it must be at least one layer."],
    [{ gradientPenalty: { type: "r1" } }, "gradientPenalty.weight is missing; it must be given."],
    [
      { generatorSteps: 0, discriminatorSteps: 0 },
      "generatorSteps is 0; it must be at least 1 where there are no discriminator steps, since a step needs an update of one player.",
    ],
    [null, "The config is null; it must be an object with the fields of a config."],
    [[1], "The config is [1]; it must be an object with the fields of a config."],
  ])("%j", (input, sentence) => {
    expect(complaints(input)).toContain(sentence);
  });

  test("a key that JavaScript itself treats specially", () => {
    expect(complaints(JSON.parse('{"__proto__": {"seed": 3}}'))).toEqual(["__proto__ is not a field of a config."]);
  });

  test("a long value, cut short", () => {
    const [sentence = ""] = complaints({ loss: "x".repeat(10_000) });
    expect(sentence.length).toBeLessThan(250);
  });
});

test("nothing whatever makes parsing throw", () => {
  fc.assert(fc.property(fc.anything(), (input) => typeof parseConfig(input).ok === "boolean"));
});
