import { expect, test } from "vitest";
import { withStroke, type PixelShape, type Point } from "./pen.ts";

const SHAPE: PixelShape = [9, 9, 1];
const blank = new Uint8Array(81);
const line = (points: readonly Point[], width: number) => withStroke(blank, SHAPE, { points, width, ink: [255] });
const rows = (pixels: Uint8Array) =>
  Array.from({ length: 9 }, (_, row) => [...pixels.subarray(row * 9, row * 9 + 9)].map((byte) => byte / 255));

test("a level line covers the pixels under it, and half of those at its edge", () => {
  const drawn = rows(
    line(
      [
        { x: 2.5, y: 4.5 },
        { x: 6.5, y: 4.5 },
      ],
      2,
    ),
  );
  expect(drawn[4]?.slice(2, 7)).toEqual([1, 1, 1, 1, 1]);
  // A pen of two pixels reaches half a pixel into each neighbouring row; 128 is the byte nearest to a half.
  for (const row of [3, 5]) expect(drawn[row]?.slice(2, 7)).toEqual(Array.from({ length: 5 }, () => 128 / 255));
  for (const row of [0, 1, 2, 6, 7, 8]) expect(drawn[row]).toEqual(Array.from({ length: 9 }, () => 0));
});

test("a point is a round dot with the area of its circle", () => {
  const dot = line([{ x: 4.5, y: 4.5 }], 5);
  const area = dot.reduce((sum, byte) => sum + byte / 255, 0);
  // A soft edge that is linear in the distance is right to first order only.
  expect(Math.abs(area - Math.PI * 2.5 ** 2)).toBeLessThan(0.6);
  const transposed = rows(dot).map((_, column) => rows(dot).map((row) => row[column]));
  expect(transposed).toEqual(rows(dot));
});

test("going over the same place again changes nothing, and does not darken the edge", () => {
  const [from, to] = [
    { x: 1, y: 1.7 },
    { x: 7.3, y: 6.2 },
  ];
  expect(line([from, to, from, to], 3)).toEqual(line([from, to], 3));
});

test("ink mixes with what was there, each channel by itself, and only where the pen was", () => {
  const before = new Uint8Array(9 * 9 * 3).fill(100);
  const drawn = withStroke(before, [9, 9, 3], { points: [{ x: 4.5, y: 4.5 }], width: 3, ink: [255, 100, 0] });
  expect([...drawn.subarray(40 * 3, 41 * 3)]).toEqual([255, 100, 0]);
  expect([...drawn.subarray(0, 3)]).toEqual([100, 100, 100]);
  expect(before.every((byte) => byte === 100)).toBe(true);
});

test("a stroke that leaves the picture draws what is left of it", () => {
  const drawn = line(
    [
      { x: -20, y: 4.5 },
      { x: 40, y: 4.5 },
    ],
    1,
  );
  expect(rows(drawn)[4]).toEqual(Array.from({ length: 9 }, () => 1));
});
