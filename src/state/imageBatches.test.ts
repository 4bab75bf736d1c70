import { expect, test } from "vitest";
import { besideOneAnother, imageOf } from "./imageBatches.ts";

const batch = (...pixels: readonly number[]) => ({
  count: pixels.length / 2,
  shape: [1, 2, 1] as const,
  pixels: Uint8Array.from(pixels),
});

test("an image is taken out of a batch", () => {
  expect(imageOf(batch(1, 2, 3, 4), 1)).toEqual(batch(3, 4));
});

test("images stand beside one another in the order given, and only once all are there", () => {
  const expected = { ...batch(1, 2, 3, 4, 5, 6), grid: { columns: 3, rowLabels: [] } };
  expect(besideOneAnother(batch(1, 2), batch(3, 4, 5, 6))).toEqual(expected);
  expect(besideOneAnother(batch(1, 2), null)).toBeNull();
  expect(besideOneAnother()).toBeNull();
});
