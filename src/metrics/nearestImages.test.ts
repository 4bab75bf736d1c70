import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniform } from "../shared/random.ts";
import { NearestImages } from "./nearestImages.ts";
import { finish } from "./work.ts";

/** Images with some likeness to each other, as digits have: smooth blobs at places of their own, and a little noise. */
function images(count: number, [height, width, channels]: readonly [number, number, number], seed: number): Uint8Array {
  const size = height * width * channels;
  const pixels = new Uint8Array(count * size);
  for (let image = 0; image < count; image++) {
    const draws = uniform({ seed, stream: "samples", draw: image }, size + 2);
    const [y, x] = [(draws[size] ?? 0) * height, (draws[size + 1] ?? 0) * width];
    for (let index = 0; index < size; index++) {
      const pixel = Math.floor(index / channels);
      const square = (Math.floor(pixel / width) - y) ** 2 + ((pixel % width) - x) ** 2;
      pixels[image * size + index] = 200 * Math.exp(-square / 8) + 50 * (draws[index] ?? 0);
    }
  }
  return pixels;
}

/** Every pixel of every image. */
function reference(pixels: Uint8Array, image: Uint8Array): { readonly item: number; readonly distance: number } {
  const squares = Array.from({ length: pixels.length / image.length }, (_, item) =>
    image.reduce((sum, value, index) => sum + ((pixels[item * image.length + index] ?? NaN) - value) ** 2, 0),
  );
  const item = squares.indexOf(Math.min(...squares));
  return { item, distance: Math.sqrt((squares[item] ?? NaN) / image.length) / 255 };
}

describe("the nearest image", () => {
  test("is the one that a search through every pixel finds, whatever the shape", () => {
    fc.assert(
      fc.property(
        fc.record({
          shape: fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 13 }), fc.constantFrom(1, 3)),
          seed: fc.nat(1000),
        }),
        ({ shape, seed }) => {
          const pixels = images(60, shape, seed);
          const [image] = [images(1, shape, seed + 5000)];
          const found = finish(new NearestImages(shape).find(pixels, image));
          const expected = reference(pixels, image);
          expect(found.item).toBe(expected.item);
          expect(found.distance).toBeCloseTo(expected.distance, 12);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("of a copy is the copied one, at distance 0, and the earliest of equals", () => {
    const pixels = images(20, [8, 8, 1], 1);
    pixels.copyWithin(64 * 9, 64 * 4, 64 * 5);
    expect(finish(new NearestImages([8, 8, 1]).find(pixels, pixels.slice(64 * 9, 64 * 10)))).toEqual({
      item: 4,
      distance: 0,
    });
  });

  test("is looked for among the images that have come since, too", () => {
    const shape = [8, 8, 1] as const;
    const pixels = images(50, shape, 2);
    const nearest = new NearestImages(shape);
    const image = pixels.slice(64 * 40, 64 * 41);
    expect(finish(nearest.find(pixels.subarray(0, 64 * 30), image)).item).toBeLessThan(30);
    expect(finish(nearest.find(pixels, image))).toEqual({ item: 40, distance: 0 });
  });
});
