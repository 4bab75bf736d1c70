import { expect, test } from "vitest";
import { heatPixels, largest, LESS, MORE, valuePixels } from "./heat.ts";

test("the sign chooses the colour, and the size beside the largest how much of it", () => {
  const values = Float32Array.of(2, -1, 0);
  expect(largest(values)).toBe(2);
  expect([...heatPixels(values, 1, 2)]).toEqual([...MORE, 255, ...LESS, 128, ...LESS, 0]);
});

test("channels of one pixel are taken together, and nothing at all has no colour", () => {
  expect([...heatPixels(Float32Array.of(1, 2, -4), 3, 2)]).toEqual([...LESS, 128]);
  expect(heatPixels(new Float32Array(1), 1, 0)[3]).toBe(0);
});

test("numbers from −1 to 1 are greys or colours", () => {
  expect([...valuePixels(Float32Array.of(-1, 1), 1)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  expect([...valuePixels(Float32Array.of(-1, 1, -1), 3)]).toEqual([0, 255, 0, 255]);
});
