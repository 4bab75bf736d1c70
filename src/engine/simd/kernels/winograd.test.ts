import { getBackend, removeBackend } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../../../shared/invariant.ts";
import { startSimd } from "../index.ts";
import { geometryOf } from "./convolutionGeometry.ts";
import { checkConvolution, shapesOf, type Setup } from "./convolutionTesting.ts";
import { planWinograd } from "./winograd.ts";

// Rounding errors are three to five times those of direct sums, whose tolerance is 5e-6 (see convolution.test.ts).
const TOLERANCE = 2e-5;

function planOf(setup: Setup): ReturnType<typeof planWinograd> {
  const { input, filter } = shapesOf(setup);
  return planWinograd(present(geometryOf(input, filter, setup), "a geometry"));
}

/** batch, height, width, channels, filters, kernel, strides, pad: tiles that reach beyond every edge, panels that are half full. */
const SETUPS = [
  // Two taps.
  [1, 3, 31, 4, 4, 2, 1, "same"],
  [3, 31, 7, 4, 12, 2, 1, "valid"],
  [7, 7, 7, 12, 4, 3, 2, "same"],
  [33, 14, 14, 8, 16, 4, 2, "same"],
  [2, 33, 31, 4, 8, 4, 2, "valid"],
  [65, 7, 7, 4, 4, 4, 2, "same"],
  // Narrow tiles alone, which reach beyond the edge.
  [3, 9, 10, 8, 4, 4, 2, "same"],
  [1, 65, 33, 8, 4, 6, 3, "same"],
  [2, 28, 28, 32, 68, 4, 2, "same"],
  [3, 16, 16, 68, 36, 7, 4, "same"],
  // Three taps.
  [1, 3, 3, 4, 4, 3, 1, "same"],
  [3, 7, 31, 12, 4, 3, 1, "same"],
  [7, 9, 6, 4, 20, 3, 1, "valid"],
  [33, 7, 7, 4, 8, 5, 2, "same"],
  [2, 31, 33, 8, 12, 5, 2, "valid"],
  [2, 65, 7, 4, 4, 7, 3, "same"],
  [3, 14, 14, 68, 36, 3, 1, "same"],
  [65, 4, 4, 36, 68, 3, 1, "same"],
] as const;

describe("convolutions by Winograd's transforms", () => {
  beforeAll(async () => {
    await startSimd();
  });

  afterAll(() => {
    if (getBackend() === "simd") removeBackend("simd");
  });

  test.for(SETUPS)(
    "agree with float64, gradients included: %i images of %i × %i × %i, %i filters of %i, strides %i, %s",
    ([batch, height, width, channels, filters, kernel, strides, pad]) => {
      const setup = { batch, height, width, channels, filters, kernel, strides, pad };
      expect(planOf(setup)).not.toBeNull();
      checkConvolution(setup, TOLERANCE);
    },
  );

  test("are chosen only where they spare multiplications and rows of channels are whole registers", () => {
    const setup = {
      batch: 4,
      height: 28,
      width: 28,
      channels: 8,
      filters: 8,
      kernel: 4,
      strides: 2,
      pad: "same",
    } as const;
    expect(planOf(setup)).not.toBeNull();
    expect(planOf({ ...setup, channels: 1 })).toBeNull();
    expect(planOf({ ...setup, filters: 6 })).toBeNull();
    expect(planOf({ ...setup, kernel: 1, strides: 1 })).toBeNull();
    expect(planOf({ ...setup, kernel: 4, strides: 1 })).toBeNull();
    expect(planOf({ ...setup, height: 2, width: 2 })).toBeNull();
  });
});
