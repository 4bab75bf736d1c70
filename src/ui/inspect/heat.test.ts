import { expect, test } from "vitest";
import { heatPixels, mapOfPixels, strongestOf, type HeatColours } from "./heat.ts";

const COLOURS: HeatColours = { positive: [0, 200, 100], negative: [250, 100, 0] };
const image = (bytes: readonly number[], channels = 1) => ({
  count: 1,
  shape: [2, 2, channels] as const,
  pixels: Uint8Array.from(bytes),
});
const painted = (bytes: readonly number[], values: readonly number[]) => {
  const rgba = heatPixels(image(bytes), { rows: 2, columns: 2, values: Float32Array.from(values) }, COLOURS);
  return [0, 1, 2, 3].map((pixel) => [...rgba.subarray(4 * pixel, 4 * pixel + 4)]);
};

test("the strongest number has its colour in full, a weaker one its share, nothing the dimmed image", () => {
  expect(painted([0, 0, 255, 100], [-2, 1, 0, 2])).toEqual([
    [250, 100, 0, 255],
    [0, 100, 50, 255],
    // 0.4 of what the image has.
    [102, 102, 102, 255],
    [0, 200, 100, 255],
  ]);
});

test("a map of nothing, or of what is no number, leaves the image as it is", () => {
  const bare = [0, 40, 80, 102].map((grey) => [grey, grey, grey, 255]);
  expect(painted([0, 100, 200, 255], [0, 0, 0, 0])).toEqual(bare);
  expect(painted([0, 100, 200, 255], [NaN, NaN, NaN, NaN])).toEqual(bare);
});

test("a coarse map covers the whole image", () => {
  const rgba = heatPixels(image([0, 0, 0, 0]), { rows: 1, columns: 2, values: Float32Array.of(1, 0) }, COLOURS);
  const greens = [0, 1, 2, 3].map((pixel) => rgba[4 * pixel + 1]);
  expect(greens).toEqual([200, 0, 200, 0]);
});

test("numbers of several channels are added up pixel by pixel", () => {
  const values = Float32Array.of(1, 2, 3, -1, -2, -3, 1, -1, 0, 4, 0, 0);
  expect([...mapOfPixels(values, [2, 2, 3]).values]).toEqual([6, -6, 0, 4]);
});

test("full colour stands for the strongest number of either sign", () => {
  expect(strongestOf(Float32Array.of(0.5, -2, 1, NaN))).toBe(2);
  expect(strongestOf(Float32Array.of(NaN, Infinity))).toBe(0);
});
