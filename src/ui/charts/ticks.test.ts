import fc from "fast-check";
import { expect, test } from "vitest";
import { stepTicks, valueTicks } from "./ticks.ts";

const rowsOf = (values: readonly number[]) =>
  values.map((generatorLoss, index) => ({ step: index + 1, generatorLoss }));

test("numbers on an axis are round and enclose the values", () => {
  expect(valueTicks(rowsOf([0.62, 1.37]), ["generatorLoss"], "linear")).toEqual([0.6, 0.8, 1, 1.2, 1.4]);
  expect(valueTicks(rowsOf([-3, 7]), ["generatorLoss"], "linear")).toEqual([-5, 0, 5, 10]);
  expect(valueTicks(rowsOf([0.02, 30]), ["generatorLoss"], "log")).toEqual([0.01, 0.1, 1, 10, 100]);
  expect(valueTicks([], ["generatorLoss"], "linear")).toEqual([0, 1]);
});

test("any values lie between the first number and the last, and there are few", () => {
  const values = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, fc.constantFrom("linear" as const, "log" as const), (numbers, scale) => {
      const ticks = valueTicks(rowsOf(numbers), ["generatorLoss"], scale);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks[0]).toBeLessThanOrEqual(Math.min(...numbers) * (1 + 1e-9));
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...numbers) * (1 - 1e-9));
    }),
  );
});

test("steps are numbered at both ends and at round ones between", () => {
  const rows = (last: number) => [1, last].map((step) => ({ step }));
  expect(stepTicks(rows(1284))).toEqual([1, 500, 1000, 1284]);
  expect(stepTicks(rows(43))).toEqual([1, 20, 43]);
  expect(stepTicks([{ step: 5 }])).toEqual([5]);
});
