import { expect, test } from "vitest";
import { centredAsMnist } from "./centring.ts";

const SIDE = 28;

/** White rectangles, [left, top, width, height] each. */
function field(...rectangles: readonly (readonly [number, number, number, number])[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(SIDE * SIDE);
  for (const [left, top, width, height] of rectangles) {
    for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) pixels[y * SIDE + x] = 255;
  }
  return pixels;
}

/** Centre of mass, and the sides of the box around all that is at least half white. */
function measured(pixels: Uint8Array) {
  const lit = [...pixels.keys()].filter((index) => (pixels[index] ?? 0) >= 128);
  const [columns, rows] = [lit.map((index) => index % SIDE), lit.map((index) => Math.floor(index / SIDE))];
  const mass = pixels.reduce((sum, byte) => sum + byte, 0);
  const moment = (place: (index: number) => number) =>
    pixels.reduce((sum, byte, index) => sum + byte * (place(index) + 0.5), 0) / mass;
  return {
    x: moment((index) => index % SIDE),
    y: moment((index) => Math.floor(index / SIDE)),
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
  };
}

const centred = (pixels: Uint8Array<ArrayBuffer>) => centredAsMnist(pixels, [SIDE, SIDE]);

test.each([
  ["a small bar in a corner", field([1, 2, 2, 8])],
  ["a wide bar over the whole field", field([0, 20, 28, 4])],
  ["a lopsided figure", field([2, 2, 3, 14], [5, 13, 8, 3])],
])("%s fills 20 pixels, with its centre of mass in the middle", (_, pixels) => {
  const { x, y, width, height } = measured(centred(pixels));
  // Bytes are rounded, and edges are soft over a pixel at either end.
  expect(Math.abs(x - SIDE / 2)).toBeLessThan(0.1);
  expect(Math.abs(y - SIDE / 2)).toBeLessThan(0.1);
  expect(Math.abs(Math.max(width, height) - 20)).toBeLessThanOrEqual(2);
});

test("proportions are kept", () => {
  const { width, height } = measured(centred(field([4, 4, 3, 12])));
  // Soft edges add up to a pixel to the shorter side.
  expect(Math.abs(width - height / 4)).toBeLessThanOrEqual(1);
});

test("what is centred already stays where it is", () => {
  const digit = field([10, 4, 8, 20]);
  const again = centred(digit);
  // Looked up at sixteen places between the pixels' middles, edges lose an eighth of their white.
  for (const [index, byte] of digit.entries()) expect(Math.abs(byte - (again[index] ?? 0))).toBeLessThanOrEqual(64);
});

test("a black field stays black", () => {
  expect(centred(field())).toEqual(field());
});
