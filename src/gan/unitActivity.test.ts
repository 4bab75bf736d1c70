import { expect, test } from "vitest";
import { UnitActivity } from "./unitActivity.ts";

test("mean and deviation are those of all numbers of all batches", () => {
  const activity = new UnitActivity(3);
  activity.add(Float32Array.of(1, 2, 3, 4, 5, 6));
  activity.add(Float32Array.of(-7, 0, 2));
  // By hand: the sum is 16, the sum of squares 91 + 53 = 144.
  expect(activity.mean).toBeCloseTo(16 / 9, 12);
  expect(activity.deviation).toBeCloseTo(Math.sqrt(144 / 9 - (16 / 9) ** 2), 12);
});

test("a unit is silent until it is positive once, anywhere in any batch", () => {
  const activity = new UnitActivity(4);
  // Two places of four channels: the second speaks at one place, the fourth is 0 at best.
  activity.add(Float32Array.of(-1, -2, -3, 0, -1, 5, -3, -1));
  expect(activity.silent).toBe(3);
  activity.add(Float32Array.of(0.001, -2, -3, 0));
  expect(activity.silent).toBe(2);
  expect(activity.units).toBe(4);
});

test("numbers that do not differ do not deviate, however far they are from zero", () => {
  const activity = new UnitActivity(1);
  activity.add(new Float32Array(1000).fill(0.1));
  // 0.1 is no float32: rounding may leave a square root of some 1e-17.
  expect(activity.deviation).toBeLessThan(1e-7);
});

test("without numbers there is no mean, and every unit is silent so far", () => {
  const activity = new UnitActivity(2);
  expect(activity.mean).toBeNaN();
  expect(activity.silent).toBe(2);
});
