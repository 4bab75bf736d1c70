import { expect, test } from "vitest";
import { parseIdx } from "./idx.ts";

/** Two images of 1 × 3 pixels. */
const IMAGES = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60);

test("an IDX file gives its dimensions and its bytes", () => {
  expect(parseIdx(IMAGES, 3)).toEqual({ dimensions: [2, 1, 3], bytes: Uint8Array.of(10, 20, 30, 40, 50, 60) });
});

test("a file that lies inside a larger buffer is read from its own beginning", () => {
  const larger = new Uint8Array(IMAGES.length + 5);
  larger.set(IMAGES, 5);
  expect(parseIdx(larger.subarray(5), 3).dimensions).toEqual([2, 1, 3]);
});

test.each([
  ["a wrong magic number", IMAGES.with(2, 9), 3, "begins with 2307 instead of 2051"],
  ["labels where images are expected", IMAGES.with(3, 1), 3, "begins with 2049 instead of 2051"],
  ["too few bytes", IMAGES.subarray(0, 20), 3, "of 2 × 1 × 3 has 4 bytes instead of 6"],
  ["no more than a header", IMAGES.subarray(0, 10), 3, "cut off"],
])("%s is refused", (_, file, rank, message) => {
  expect(() => parseIdx(file, rank)).toThrow(message);
});
