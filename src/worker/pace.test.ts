import { expect, test } from "vitest";
import { createPace } from "./pace.ts";

test("begins with one step and doubles while steps are short, up to 64", () => {
  const pace = createPace();
  const together = [pace.steps];
  for (let batch = 0; batch < 8; batch++) {
    pace.measure(pace.steps, 0.1);
    together.push(pace.steps);
  }
  expect(together).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64]);
});

test("gives the device no more than 30 ms of steps at once", () => {
  const pace = createPace();
  for (let batch = 0; batch < 8; batch++) pace.measure(pace.steps, 4);
  expect(pace.steps).toBe(7);
  pace.measure(7, 12);
  expect(pace.steps).toBe(2);
  pace.measure(2, 250);
  expect(pace.steps).toBe(1);
});

test("does not grow by batches that were cut short", () => {
  const pace = createPace();
  for (let batch = 0; batch < 3; batch++) pace.measure(pace.steps, 0.1);
  pace.measure(2, 0.1);
  expect(pace.steps).toBe(8);
});
