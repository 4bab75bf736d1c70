import { expect, test } from "vitest";
import { gridLayout, gridPixels, imagePixels, latentPixels } from "./pixels.ts";

const FOUR = { count: 4, shape: [1, 1, 1], pixels: new Uint8Array([10, 20, 30, 40]) } as const;

test("64 digits make an eight by eight grid with gaps of two pixels", () => {
  expect(gridLayout({ count: 64, shape: [28, 28, 1] })).toEqual({ columns: 8, rows: 8, width: 238, height: 238 });
});

test("images that come with columns keep them", () => {
  const grid = { columns: 8, rowLabels: ["a", "b", "c"] };
  expect(gridLayout({ count: 24, shape: [10, 10, 1], grid })).toEqual({ columns: 8, rows: 3, width: 94, height: 34 });
});

test("images stand in rows, and gaps are transparent", () => {
  const pixels = gridPixels(FOUR);
  const at = (x: number, y: number) => [...pixels.subarray((y * 4 + x) * 4, (y * 4 + x) * 4 + 4)];
  expect(at(0, 0)).toEqual([10, 10, 10, 255]);
  expect(at(3, 0)).toEqual([20, 20, 20, 255]);
  expect(at(0, 3)).toEqual([30, 30, 30, 255]);
  expect(at(3, 3)).toEqual([40, 40, 40, 255]);
  expect(at(1, 0)).toEqual([0, 0, 0, 0]);
});

test("colour images keep their three channels", () => {
  const images = { count: 2, shape: [1, 1, 3], pixels: new Uint8Array([1, 2, 3, 4, 5, 6]) } as const;
  expect([...imagePixels(images, 1)]).toEqual([4, 5, 6, 255]);
});

test("a latent is a square of greys around its zero", () => {
  const { pixels, width } = latentPixels(new Float32Array([-2, 0, 2, -9, 9]));
  expect(width).toBe(3);
  expect([0, 1, 2, 3, 4].map((index) => pixels[index * 4])).toEqual([0, 128, 255, 0, 255]);
});
