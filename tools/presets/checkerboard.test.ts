import { expect, test } from "vitest";
import { uniform } from "../../src/shared/random.ts";
import { checkerboardShare } from "./checkerboard.ts";

const SIDE = 12;

function imageOf(brightness: (row: number, column: number) => number) {
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, place) =>
    brightness(Math.floor(place / SIDE), place % SIDE),
  );
  return { count: 1, shape: [SIDE, SIDE, 1], pixels } as const;
}

/** Spectral energy at a frequency, in turns a picture down and across, straight from the definition of the transform. */
function energyAt(pixels: Uint8Array, down: number, across: number): number {
  let [real, imaginary] = [0, 0];
  for (const [place, value] of pixels.entries()) {
    const angle = (2 * Math.PI * (down * Math.floor(place / SIDE) + across * (place % SIDE))) / SIDE;
    real += value * Math.cos(angle);
    imaginary += value * Math.sin(angle);
  }
  return real ** 2 + imaginary ** 2;
}

test("it is the share of the spectral energy that lies at one change of sign a pixel", () => {
  const noise = uniform({ seed: 1, stream: "points", draw: 0 }, SIDE * SIDE);
  const image = imageOf(
    (row, column) =>
      60 + 4 * row + (row % 2 === 0 ? 25 : 0) + (column % 2 === 0 ? 15 : 0) + 90 * (noise[row * SIDE + column] ?? 0),
  );
  let [pattern, all] = [0, 0];
  for (let down = 0; down < SIDE; down++) {
    for (let across = 0; across < SIDE; across++) {
      if (down === 0 && across === 0) continue;
      const energy = energyAt(image.pixels, down, across);
      all += energy;
      if (down % (SIDE / 2) === 0 && across % (SIDE / 2) === 0) pattern += energy;
    }
  }
  // Sums of 144 bytes in float64, in another order.
  expect(checkerboardShare(image)).toBeCloseTo(pattern / all, 10);
});

test("a bare checkerboard has nothing else, and what changes slowly has next to none of it", () => {
  expect(checkerboardShare(imageOf((row, column) => ((row + column) % 2 === 0 ? 200 : 20)))).toBe(1);
  // A step of 10 from pixel to pixel moves a phase's mean by 5, beside a spread of 35 and more.
  expect(checkerboardShare(imageOf((row) => 10 * row))).toBeLessThan(0.025);
  expect(checkerboardShare(imageOf(() => 7))).toBeNull();
});

test("images are weighed by how much they vary, so that a grey one says nothing", () => {
  const [bare, grey] = [imageOf((row) => (row % 2 === 0 ? 200 : 20)), imageOf(() => 7)];
  const both = { ...bare, count: 2, pixels: Uint8Array.of(...grey.pixels, ...bare.pixels) };
  expect(checkerboardShare(both)).toBe(1);
});

test("channels are patterns of their own", () => {
  const bare = imageOf((row) => (row % 2 === 0 ? 200 : 20)).pixels;
  const ramp = imageOf((row) => 10 * row).pixels;
  const colour = Uint8Array.from({ length: 2 * bare.length }, (_, at) => (at % 2 === 0 ? bare : ramp)[at >> 1] ?? 0);
  const share = checkerboardShare({ count: 1, shape: [SIDE, SIDE, 2], pixels: colour });
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(1);
});
