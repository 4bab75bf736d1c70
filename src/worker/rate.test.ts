/** Steps per second, for fast steps and for slow ones. */
import { expect, test } from "vitest";
import { createRate } from "./rate.ts";

test("fast steps are counted over the last second alone", () => {
  const rate = createRate();
  for (let time = 0; time < 5000; time += 100) rate.count(time);
  for (let time = 5000; time <= 7000; time += 10) rate.count(time);
  expect(rate.perSecond()).toBeCloseTo(100, 9);
});

test("steps slower than a second are measured by the last two", () => {
  const rate = createRate();
  for (const time of [0, 100, 2100, 6100]) rate.count(time);
  expect(rate.perSecond()).toBe(0.25);
});

test("nothing is known of fewer than two steps", () => {
  const rate = createRate();
  expect(rate.perSecond()).toBe(0);
  rate.count(5);
  expect(rate.perSecond()).toBe(0);
  rate.count(10);
  rate.clear();
  expect(rate.perSecond()).toBe(0);
});
