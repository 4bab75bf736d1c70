import { expect, test } from "vitest";
import { MEASURE_NAMES, type QualityReading } from "../metrics/quality.ts";
import { createQualityHistory } from "./qualityHistory.ts";
import { MOST_ROWS } from "./thinning.ts";

function reading(step: number, frechet: number | null): QualityReading {
  const none = Object.fromEntries(MEASURE_NAMES.map((name) => [name, null])) as QualityReading["measures"];
  return { step, measures: { ...none, frechet }, histogram: null, real: null };
}

test("readings stand in the order of their steps, whenever they come, and one of the same step takes the other's place", () => {
  const history = createQualityHistory();
  for (const [step, frechet] of [
    [10, 3],
    [30, 1],
    [20, 2],
    [30, 0.5],
  ] as const) {
    history.put(reading(step, frechet));
  }
  const { step, frechet, recall } = history.chart();
  expect([...step]).toEqual([10, 20, 30]);
  expect([...frechet]).toEqual([3, 2, 0.5]);
  expect([...recall]).toEqual([NaN, NaN, NaN]);
});

test("a long history is thinned and keeps its worst and its best reading", () => {
  const history = createQualityHistory();
  for (let step = 1; step <= 1000; step++) history.put(reading(step, step === 333 ? 99 : step === 777 ? -1 : 5));
  const { step, frechet } = history.chart();
  expect(step.length).toBeLessThanOrEqual(MOST_ROWS);
  expect([step[0], step.at(-1)]).toEqual([1, 1000]);
  expect(frechet[step.indexOf(333)]).toBe(99);
  expect(frechet[step.indexOf(777)]).toBe(-1);
});
