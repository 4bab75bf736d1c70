import { expect, test } from "vitest";
import { between, changeNoise, labelledAnalogy, withClass } from "./labelledLatent.ts";

/** Two numbers of noise and three classes. */
const CLASSES = 3;
const ofClass = (label: number, ...noise: readonly number[]) =>
  withClass(Float32Array.of(...noise, 0, 0, 0), CLASSES, label);

test("a class is a 1 after the noise, which another class leaves as it is", () => {
  expect([...ofClass(1, 5, 6)]).toEqual([5, 6, 0, 1, 0]);
  expect([...withClass(ofClass(1, 5, 6), CLASSES, 2)]).toEqual([5, 6, 0, 0, 1]);
});

test("what changes the noise leaves the class alone", () => {
  const changed = changeNoise(ofClass(2, 1, 2), CLASSES, (noise) => noise.map((value) => 10 * value));
  expect([...changed]).toEqual([10, 20, 0, 0, 1]);
  expect([...changeNoise(Float32Array.of(1, 2), 0, (noise) => noise.map((value) => -value))]).toEqual([-1, -2]);
});

test("half of the way is half of the arc in the noise, and half of each class", () => {
  const half = between(ofClass(0, 2, 0), ofClass(2, 0, 2), 0.5, CLASSES);
  // Half of a right angle; latents are float32.
  expect(half[0]).toBeCloseTo(Math.SQRT2, 6);
  expect(half[1]).toBeCloseTo(Math.SQRT2, 6);
  expect([...half.subarray(2)]).toEqual([0.5, 0, 0.5]);
});

test.each([
  ["b goes out where it is taken away", [0, 0, 2], 2],
  ["the same taken away and added changes no class", [1, 2, 2], 1],
  ["of two that are as good the first is taken", [2, 0, 1], 1],
] as const)("a sum is of one class: %s", (_, [a, b, c], expected) => {
  const sum = labelledAnalogy(ofClass(a, 1, 1), ofClass(b, 2, 1), ofClass(c, 5, 0), CLASSES);
  expect([...sum]).toEqual([...ofClass(expected, 4, 0)]);
});

test("a sum without classes is a sum", () => {
  const [a, b, c] = [Float32Array.of(1), Float32Array.of(2), Float32Array.of(4)];
  expect([...labelledAnalogy(a, b, c, 0)]).toEqual([3]);
});
