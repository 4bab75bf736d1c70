import { describe, expect, test } from "vitest";
import { uniform } from "../shared/random.ts";
import { sharpness } from "./sharpness.ts";

/** Noise, a pixel at a time, of two images. */
function noise([height, width, channels]: readonly [number, number, number]): Uint8Array {
  const draws = uniform({ seed: 2, stream: "samples", draw: 0 }, 2 * height * width * channels);
  return Uint8Array.from(draws, (draw) => Math.floor(draw * 256));
}

/** The variance of the convolution with the kernel of the Laplacian, image by image and channel by channel. */
function reference(pixels: Uint8Array, [height, width, channels]: readonly [number, number, number]): number {
  const kernel = [
    [0, 1, 0],
    [1, -4, 1],
    [0, 1, 0],
  ];
  const variances = [];
  for (let image = 0; image < pixels.length / (height * width * channels); image++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = (row: number, column: number) =>
        (pixels[((image * height + row) * width + column) * channels + channel] ?? NaN) / 255;
      const folded = [];
      for (let row = 1; row < height - 1; row++) {
        for (let column = 1; column < width - 1; column++) {
          folded.push(
            kernel
              .flatMap((weights, y) => weights.map((weight, x) => weight * at(row + y - 1, column + x - 1)))
              .reduce((a, b) => a + b),
          );
        }
      }
      const mean = folded.reduce((a, b) => a + b) / folded.length;
      variances.push(folded.reduce((sum, value) => sum + (value - mean) ** 2, 0) / folded.length);
    }
  }
  return variances.reduce((a, b) => a + b) / variances.length;
}

describe("sharpness", () => {
  test.for([
    [5, 7, 1],
    [6, 4, 3],
  ] as const)("of images %j is the mean variance of their Laplacians", (shape) => {
    const pixels = noise(shape);
    expect(sharpness(pixels, shape)).toBeCloseTo(reference(pixels, shape), 12);
  });

  test("is 0 for images of one grey, and falls where an image is blurred", () => {
    expect(sharpness(new Uint8Array(50).fill(99), [5, 5, 1])).toBe(0);
    const pixels = noise([10, 10, 1]).subarray(0, 100);
    const blurred = pixels.map((value, index) => (value + (pixels[index + 1] ?? value)) / 2);
    expect(sharpness(blurred, [10, 10, 1])).toBeLessThan(0.7 * sharpness(pixels, [10, 10, 1]));
  });
});
