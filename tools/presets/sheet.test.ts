import { PNG } from "pngjs";
import { expect, test } from "vitest";
import type { ImageBatch } from "../../src/worker/protocol.ts";
import type { Picture } from "../cli/imageGrid.ts";
import { sheetOfProbe, smallPngOf } from "./sheet.ts";

/** Images of one pixel. */
function images(pixels: readonly number[], grid?: ImageBatch["grid"]): ImageBatch {
  const batch = { count: pixels.length, shape: [1, 1, 1] as const, pixels: Uint8Array.from(pixels) };
  return grid === undefined ? batch : { ...batch, grid };
}

/** The red of every pixel that lies on an image of one pixel with gaps of two, row by row; `tops` are theirs. */
function reds({ width, pixels }: Picture, tops: readonly number[]): readonly (readonly number[])[] {
  return tops.map((top) =>
    Array.from(
      { length: Math.floor((width - 2) / 3) },
      (_, column) => pixels[(top * width + 2 + 3 * column) * 4] ?? -1,
    ),
  );
}

test("a sheet has two rows of ten images a step, one step below the other after a wider gap", () => {
  const [early, late] = [0, 100].map((first) => images(Array.from({ length: 64 }, (_, index) => first + index)));
  const sheet = sheetOfProbe([early, late] as readonly ImageBatch[]);
  expect([sheet.width, sheet.height]).toEqual([32, 20]);
  const row = (first: number) => Array.from({ length: 10 }, (_, index) => first + index);
  expect(reds(sheet, [2, 5, 14, 17])).toEqual([row(0), row(10), row(100), row(110)]);
});

test("a close-up shows five images of each batch, every pixel of them three wide", () => {
  const [early, late] = [0, 100].map((first) => images(Array.from({ length: 64 }, (_, index) => first + index)));
  const { width, height, pixels } = sheetOfProbe([early, late] as readonly ImageBatch[], true);
  expect([width, height]).toEqual([51, 42]);
  const across = (y: number) => [0, 1, 2, 3, 4].map((index) => pixels[(y * width + 8 + 9 * index) * 4]);
  expect([across(6), across(8), across(35)]).toEqual([
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 4],
    [100, 101, 102, 103, 104],
  ]);
});

test("where every class has a row of the probe, it has a column of the sheet", () => {
  // Two latents, three classes: the second digit is the class.
  const probe = images([10, 20, 11, 21, 12, 22], { columns: 2, rowLabels: ["0", "1", "2"] });
  const sheet = sheetOfProbe([probe]);
  expect(reds(sheet, [2])).toEqual([[10, 11, 12, 20, 21, 22]]);
});

test("pictures of the plane stand side by side", () => {
  const sheet = sheetOfProbe([images([10]), images([20]), images([30])]);
  expect([sheet.width, sheet.height]).toEqual([11, 5]);
  expect(reds(sheet, [2])).toEqual([[10, 20, 30]]);
});

test("a picture is stored in sixteen levels, and in colour only where there is some", () => {
  const grey = { width: 2, height: 1, pixels: Uint8Array.of(0, 0, 0, 255, 130, 130, 130, 255) };
  const stored = smallPngOf(grey);
  // Byte 25 of a PNG is its colour type: https://www.w3.org/TR/png-3/#11IHDR
  expect(stored[25]).toBe(0);
  expect([...PNG.sync.read(Buffer.from(stored)).data]).toEqual([0, 0, 0, 255, 136, 136, 136, 255]);
  const red = { width: 1, height: 1, pixels: Uint8Array.of(255, 0, 0, 255) };
  expect(smallPngOf(red)[25]).toBe(2);
  expect([...PNG.sync.read(Buffer.from(smallPngOf(red))).data]).toEqual([255, 0, 0, 255]);
});
