import { expect, test } from "vitest";
import { nearestRow, PLOT, shareOf, stepAt } from "./plotMeasures.ts";

const ROWS = [1, 2, 10, 101].map((step) => ({ step }));

test("steps stand between the first and the last in proportion, and a single one in the middle", () => {
  expect([1, 51, 101].map((step) => shareOf(ROWS, step))).toEqual([0, 0.5, 1]);
  expect(shareOf([{ step: 7 }], 7)).toBe(0.5);
});

test("a place of the pointer is a step, and outside the plot the nearest end", () => {
  const width = 272;
  const within = width - PLOT.valuesWidth - PLOT.margin.right;
  expect(stepAt(ROWS, PLOT.valuesWidth + within / 2, width)).toBeCloseTo(51, 9);
  expect([stepAt(ROWS, 0, width), stepAt(ROWS, width, width)]).toEqual([1, 101]);
});

test("the row whose step is nearest is found", () => {
  expect([-5, 1.4, 1.6, 9, 50, 1000].map((step) => nearestRow(ROWS, step))).toEqual([0, 0, 1, 2, 2, 3]);
  expect(nearestRow([], 3)).toBe(-1);
});
