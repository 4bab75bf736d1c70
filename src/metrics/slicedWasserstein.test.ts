import { describe, expect, test } from "vitest";
import { normal, uniform } from "../shared/random.ts";
import { enlarge, halve, laplacianPyramid, type Plane } from "./laplacianPyramid.ts";
import { rowsOf, type Rows } from "./rows.ts";
import { DIRECTIONS, sliceDirection, sliceDistance, slicedWasserstein, standardized } from "./slicedWasserstein.ts";
import { finish } from "./work.ts";

function plane(height: number, width: number): Plane {
  return { height, width, values: uniform({ seed: 6, stream: "samples", draw: height }, height * width) };
}

/** Folded in two dimensions at once, with mirrored edges, in float64. */
function smoothed({ height, width, values }: Plane, gain: number): readonly number[] {
  const weights = [1, 4, 6, 4, 1].map((weight) => weight / 16);
  const mirror = (place: number, length: number) => {
    const inside = Math.abs(place);
    return inside < length ? inside : 2 * length - 2 - inside;
  };
  return Array.from({ length: height * width }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    let sum = 0;
    for (const [y, down] of weights.entries()) {
      for (const [x, across] of weights.entries()) {
        sum += down * across * (values[mirror(row + y - 2, height) * width + mirror(column + x - 2, width)] ?? NaN);
      }
    }
    return gain * sum;
  });
}

describe("the Laplacian pyramid", () => {
  test("halves and enlarges by the binomial kernel in both directions", () => {
    const image = plane(9, 6);
    const half = halve(image);
    expect([half.height, half.width]).toEqual([5, 3]);
    const full = smoothed(image, 1);
    for (const [index, value] of half.values.entries()) {
      const [row, column] = [Math.floor(index / 3), index % 3];
      // Two sums of five float32 numbers below 1.
      expect(value).toBeCloseTo(full[2 * row * 6 + 2 * column] ?? NaN, 6);
    }
    const sparse = new Float32Array(54);
    half.values.forEach((value, index) => (sparse[2 * Math.floor(index / 3) * 6 + 2 * (index % 3)] = value));
    const expected = smoothed({ height: 9, width: 6, values: sparse }, 4);
    enlarge(half, 9, 6).values.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? NaN, 6);
    });
  });

  test("adds up to the image it was made from", () => {
    const image = plane(28, 28);
    const levels = laplacianPyramid(image, 3);
    expect(levels.map(({ height }) => height)).toEqual([28, 14, 7]);
    const rebuilt = levels.reduceRight((small, level) => {
      const enlarged = enlarge(small, level.height, level.width);
      return { ...level, values: level.values.map((value, index) => value + (enlarged.values[index] ?? NaN)) };
    });
    rebuilt.values.forEach((value, index) => {
      expect(value).toBeCloseTo(image.values[index] ?? NaN, 6);
    });
  });
});

/** The distance of two one-dimensional samples as the area between their distribution functions. */
function areaBetween(left: readonly number[], right: readonly number[]): number {
  const places = [...left, ...right].sort((a, b) => a - b);
  const below = (values: readonly number[], place: number) =>
    values.filter((value) => value <= place).length / values.length;
  return places.slice(1).reduce((sum, place, index) => {
    const start = places[index] ?? NaN;
    return sum + (place - start) * Math.abs(below(left, start) - below(right, start));
  }, 0);
}

function projections({ count, width, values }: Rows, direction: Float32Array): readonly number[] {
  return Array.from({ length: count }, (_, row) =>
    direction.reduce((sum, weight, index) => sum + weight * (values[row * width + index] ?? NaN), 0),
  );
}

describe("the sliced Wasserstein distance", () => {
  test("is the area between the distributions of projections, averaged over directions", () => {
    const rows = (draw: number, mean: number) =>
      rowsOf(
        normal({ seed: 7, stream: "samples", draw }, 90 * 5).map((value) => mean + value),
        5,
      );
    const [left, right] = [rows(0, 0), rows(1, 0.4)];
    const areas = Array.from({ length: DIRECTIONS }, (_, index) => {
      const direction = sliceDirection(5, 0, index);
      return areaBetween(projections(left, direction), projections(right, direction));
    });
    const expected = areas.reduce((a, b) => a + b) / areas.length;
    // Projections are kept in float32.
    expect(finish(sliceDistance(left, right, 0))).toBeCloseTo(expected, 6);
  });

  test("compares patches whose channels have mean 0 and deviation 1", () => {
    const rows = rowsOf(
      normal({ seed: 8, stream: "samples", draw: 0 }, 50 * 6).map((value, index) =>
        index % 6 < 3 ? 5 + value : 9 * value,
      ),
      6,
    );
    const { values } = standardized(rows, 2);
    for (const channel of [0, 1]) {
      const own = values.filter((_, index) => Math.floor((index % 6) / 3) === channel);
      const mean = own.reduce((a, b) => a + b) / own.length;
      expect(mean).toBeCloseTo(0, 6);
      expect(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length).toBeCloseTo(1, 5);
    }
    expect([...standardized(rowsOf(new Float32Array(12).fill(3), 6), 1).values]).toEqual(Array(12).fill(0));
  });

  test("is 0 between a set and itself, and grows with what is done to it", () => {
    const pixels = Uint8Array.from(uniform({ seed: 9, stream: "samples", draw: 0 }, 8 * 28 * 28), (draw, index) => {
      return 200 * Math.sin(((index % 28) + Math.floor(index / 784)) / 3) ** 2 + 40 * draw;
    });
    const blurred = pixels.map((value, index) => (value + (pixels[index + 1] ?? 0) + (pixels[index + 2] ?? 0)) / 3);
    const noise = Uint8Array.from(
      uniform({ seed: 9, stream: "samples", draw: 1 }, pixels.length),
      (draw) => 255 * draw,
    );
    const between = (other: Uint8Array) => finish(slicedWasserstein(pixels, other, [28, 28, 1]));
    expect(between(pixels)).toBe(0);
    expect(between(blurred)).toBeGreaterThan(0);
    expect(between(noise)).toBeGreaterThan(between(blurred));
  });
});
