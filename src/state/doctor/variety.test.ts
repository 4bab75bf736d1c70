import { expect, test } from "vitest";
import type { ImageBatch } from "../../worker/protocol.ts";
import { varietyOf } from "./variety.ts";

/** Images of two pixels. */
function batch(...pixels: readonly number[]): ImageBatch {
  return { count: pixels.length / 2, shape: [1, 2, 1], pixels: Uint8Array.from(pixels) };
}

test("images that are all one have none, and those that differ half as much have half", () => {
  const others = batch(0, 255, 200, 55);
  expect(varietyOf(batch(7, 9, 7, 9, 7, 9), others)).toBe(0);
  expect(varietyOf(batch(50, 155, 150, 55), others)).toBe(0.5);
  expect(varietyOf(others, others)).toBe(1);
});

test("nothing is said beside nothing, beside one image, or beside images that are all one", () => {
  expect(varietyOf(batch(0, 1, 2, 3), null)).toBeNull();
  expect(varietyOf(batch(0, 1, 2, 3), batch(0, 1))).toBeNull();
  expect(varietyOf(batch(0, 1, 2, 3), batch(5, 5, 5, 5))).toBeNull();
});
