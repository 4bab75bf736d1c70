import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../../../gan/config.ts";
import { readingOf, signsOf } from "../syntheticSigns.ts";
import { collapse } from "./collapse.ts";

const levelOf = (...given: Parameters<typeof signsOf>) => collapse.examine(signsOf(...given))?.level;

function classesSeen(covered: number, recognised: number, precision = 0.8) {
  const counts = Array.from({ length: 10 }, (_, label) => (label < covered ? recognised / covered : 0));
  return { ...readingOf({ covered, precision }), histogram: { counts, unrecognised: 2000 - recognised } };
}

test("is found where few clouds, few classes, or little variety is left", () => {
  expect(levelOf(500, {}, { modes: { covered: 1, modes: 8 } })).toBeGreaterThan(1);
  expect(levelOf(500, {}, { quality: classesSeen(3, 1800) })).toBeGreaterThan(1);
  expect(levelOf(500, {}, { variety: 0.1 })).toBeGreaterThan(1);
});

test("is not found where most clouds and classes are there and samples differ", () => {
  expect(levelOf(500, {}, { modes: { covered: 8, modes: 8 } })).toBeLessThan(0.7);
  expect(levelOf(500, {}, { quality: classesSeen(10, 1800) })).toBeLessThan(0.7);
  expect(levelOf(500, {}, { variety: 0.8 })).toBeLessThan(0.7);
});

test("is not read from classes while most samples are nothing at all, nor in the first steps", () => {
  expect(levelOf(500, {}, { quality: classesSeen(3, 100) })).toBeUndefined();
  expect(levelOf(500, {}, { quality: classesSeen(1, 1999, 0.3) })).toBeUndefined();
  expect(levelOf(150, {}, { variety: 0.1 })).toBeUndefined();
});

test("says the worst that it sees", () => {
  const signs = signsOf(500, {}, { variety: 0.8, modes: { covered: 1, modes: 8 } });
  expect(collapse.examine(signs)?.evidence).toBe("Fake points lie in 1 of the 8 clouds of the data.");
});

test("takes a generator of many steps back to one, and else lets the discriminator judge more often", () => {
  const offered = (generatorSteps: number) =>
    collapse.remedies.flatMap(({ path, to }) => {
      const value = to({ ...DEFAULT_CONFIG, generatorSteps });
      return value === undefined ? [] : [[path, value]];
    });
  const slower = ["optimizer.generator.learningRate", DEFAULT_CONFIG.optimizer.generator.learningRate / 2];
  expect(offered(10)).toEqual([["generatorSteps", 1], slower]);
  expect(offered(1)).toEqual([slower, ["discriminatorSteps", 2]]);
});
