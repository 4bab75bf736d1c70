import { expect, test } from "vitest";
import type { History } from "../../worker/protocol.ts";
import { columnsToSave } from "../../worker/protocol.ts";
import { chartRows, historyToCsv } from "./rows.ts";

const EMPTY = new Float64Array([Number.NaN, Number.NaN]);
const HISTORY: History = {
  step: new Float64Array([1, 2]),
  discriminatorLoss: new Float64Array([1.25, -0.5]),
  generatorLoss: new Float64Array([Number.NaN, 0.75]),
  realScore: EMPTY,
  fakeScore: EMPTY,
  discriminatorGradientNorm: EMPTY,
  generatorGradientNorm: EMPTY,
  milliseconds: new Float64Array([10, 11]),
  realAccuracy: EMPTY,
  fakeAccuracy: EMPTY,
};

test("rows hold the asked columns, with a gap where nothing was measured", () => {
  expect(chartRows(HISTORY, ["discriminatorLoss", "generatorLoss"])).toEqual([
    { step: 1, discriminatorLoss: 1.25, generatorLoss: null },
    { step: 2, discriminatorLoss: -0.5, generatorLoss: 0.75 },
  ]);
  expect(chartRows(null, ["generatorLoss"])).toEqual([]);
});

test("a log scale leaves out what is not above zero", () => {
  expect(chartRows(HISTORY, ["discriminatorLoss"], "log").map((row) => row.discriminatorLoss)).toEqual([1.25, null]);
});

test("the saved file has a row a step under the agreed heading, and nothing where nothing was measured", () => {
  expect(historyToCsv(HISTORY, columnsToSave(HISTORY))).toBe(
    "step,discriminatorLoss,generatorLoss,realScore,fakeScore,discriminatorGradientNorm,generatorGradientNorm,milliseconds\n" +
      "1,1.25,,,,,,10\n2,-0.5,0.75,,,,,11\n",
  );
});

test("measures of points stand beside what was measured at their step, and alone where nothing else was", () => {
  const clouds = { covered: 6, modes: 8, goodShare: 0.5 };
  const measured = [
    { step: 0, kl: Infinity, jensenShannon: 1, wasserstein: 2.5, modes: clouds },
    { step: 2, kl: 0.25, jensenShannon: 0.125, wasserstein: 0.5, modes: clouds },
  ];
  expect(historyToCsv(HISTORY, ["step", "discriminatorLoss"], measured)).toBe(
    "step,discriminatorLoss,kl,jensenShannon,wasserstein,coveredShare,goodShare\n" +
      "0,,,1,2.5,0.75,0.5\n1,1.25,,,,,\n2,-0.5,0.25,0.125,0.5,0.75,0.5\n",
  );
  const withoutClouds = measured.map((row) => ({ ...row, modes: null }));
  expect(historyToCsv(HISTORY, ["step"], withoutClouds).split("\n")[0]).toBe("step,kl,jensenShannon,wasserstein");
});
