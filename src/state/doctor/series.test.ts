import { expect, test } from "vitest";
import { earlyTypical, lastStretch, lastTypical, lastValues, quantile } from "./series.ts";
import { historyOf } from "./syntheticSigns.ts";

test("the last stretch is a hundred steps of a short run, and a tenth of a long one", () => {
  expect(lastStretch(300)).toBe(100);
  expect(lastStretch(20_000)).toBe(2000);
});

test("what is typical is the median of its stretch, whatever a single step did", () => {
  const history = historyOf(400, { generatorLoss: (step) => (step === 390 ? 1000 : step <= 50 ? 5 : 2) });
  expect(earlyTypical(history, "generatorLoss")).toBe(5);
  expect(lastTypical(history, "generatorLoss")).toBe(2);
  expect(Math.max(...lastValues(history, "generatorLoss"))).toBe(1000);
});

test("nothing is typical of too few numbers, and gaps are none", () => {
  expect(lastTypical(historyOf(3, { fakeScore: () => 0.5 }), "fakeScore")).toBeNull();
  expect(lastTypical(historyOf(300, { fakeScore: () => NaN }), "fakeScore")).toBeNull();
});

test("a quantile is one of the numbers", () => {
  expect(quantile([4, 1, 3, 2, 5], 0)).toBe(1);
  expect(quantile([4, 1, 3, 2, 5], 0.5)).toBe(3);
  expect(quantile([4, 1, 3, 2, 5], 1)).toBe(5);
});
