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
