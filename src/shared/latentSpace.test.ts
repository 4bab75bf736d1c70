import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latentNumbers } from "./latents.ts";
import { analogy, interpolateOnSphere, moved, relative, truncated, type LatentVector } from "./latentSpace.ts";

const DIMENSIONS = 6;
const numbers = fc.float({ min: -3, max: 3, noNaN: true });
const latents: fc.Arbitrary<LatentVector> = fc
  .array(numbers, { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .map((values) => Float32Array.from(values))
  .filter((values) => Math.hypot(...values) > 0.1);
const fractions = fc.double({ min: 0, max: 1, noNaN: true });

/** Latents are float32: a few of its steps of error at lengths up to 8. */
const TOLERANCE = 5;

function expectClose(actual: LatentVector, expected: LatentVector): void {
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? NaN, TOLERANCE);
  });
}

describe("interpolation on the sphere", () => {
  test("begins at one latent and ends at the other", () => {
    fc.assert(
      fc.property(latents, latents, (a, b) => {
        expectClose(interpolateOnSphere(a, b, 0), a);
        expectClose(interpolateOnSphere(a, b, 1), b);
      }),
    );
  });

  test("keeps its length between the two lengths", () => {
    fc.assert(
      fc.property(latents, latents, fractions, (a, b, fraction) => {
        const opposite = a.every((value, index) => Math.abs(value + (b[index] ?? 0)) < 1e-2);
        fc.pre(!opposite);
        const lengths = [Math.hypot(...a), Math.hypot(...b)];
        const length = Math.hypot(...interpolateOnSphere(a, b, fraction));
        expect(length).toBeGreaterThan(Math.min(...lengths) * 0.999);
        expect(length).toBeLessThan(Math.max(...lengths) * 1.001);
      }),
    );
  });

  test("goes a quarter of a right angle in a quarter of the way", () => {
    const step = interpolateOnSphere(Float32Array.of(2, 0), Float32Array.of(0, 2), 0.25);
    expectClose(step, Float32Array.of(2 * Math.cos(Math.PI / 8), 2 * Math.sin(Math.PI / 8)));
  });

  test("of opposite latents, which have no arc, is a straight line", () => {
    expectClose(interpolateOnSphere(Float32Array.of(1, 0), Float32Array.of(-1, 0), 0.25), Float32Array.of(0.5, 0));
  });
});

test("an analogy with the same latent taken away and added changes nothing", () => {
  fc.assert(
    fc.property(latents, latents, (a, b) => {
      expectClose(analogy(a, b, b), a);
    }),
  );
});

test("truncation shrinks towards the middle", () => {
  expect(truncated(Float32Array.of(2, -4), 0.5)).toEqual(Float32Array.of(1, -2));
});

test("moving along a direction and back is no move", () => {
  fc.assert(
    fc.property(latents, latents, numbers, (z, direction, amount) => {
      expectClose(moved(moved(z, direction, amount), direction, -amount), z);
    }),
  );
});

describe("a relative", () => {
  const key = { seed: 7, stream: "exploration", draw: 0 } as const;

  test("without strength is the latent itself", () => {
    expect(relative(Float32Array.of(1, 2, 3), 0, key)).toEqual(Float32Array.of(1, 2, 3));
  });

  test("at any strength is as long as normal latents are", () => {
    const dimensions = 4096;
    const parent = relative(new Float32Array(dimensions), 1, key);
    for (const strength of [0.1, 0.5, 0.9]) {
      const child = relative(parent, strength, { ...key, draw: 1 });
      // The mean square of n normal numbers spreads by √(2 / n), here 2.2 %; four times that.
      expect(child.reduce((sum, value) => sum + value * value, 0) / dimensions).toBeCloseTo(1, 1);
    }
  });

  test.for([0.1, 0.5, 1])("of a uniform latent, at strength %f, fills the cube as evenly", (strength) => {
    const parent = latentNumbers(key, { latentDim: 4096, latentDistribution: "uniform" });
    const child = relative(parent, strength, { ...key, draw: 1 }, "uniform");
    expect(Math.max(...child.map(Math.abs))).toBeLessThanOrEqual(1);
    const meanSquare = child.reduce((sum, value) => sum + value * value, 0) / child.length;
    // A third, with a deviation of 0.3 / 64 for 4,096 numbers; four times that.
    expect(Math.abs(meanSquare - 1 / 3)).toBeLessThan(0.02);
  });

  test("of a uniform latent at full strength has nothing of it", () => {
    const parent = latentNumbers(key, { latentDim: 4096, latentDistribution: "uniform" });
    const child = relative(parent, 1, { ...key, draw: 1 }, "uniform");
    const product = child.reduce((sum, value, index) => sum + value * (parent[index] ?? 0), 0) / child.length;
    // Zero, with a deviation of a third / 64; four times that.
    expect(Math.abs(product)).toBeLessThan(0.021);
  });

  test("of a spherical latent lies on the same sphere", () => {
    const parent = latentNumbers(key, { latentDim: 64, latentDistribution: "spherical" });
    const child = relative(parent, 0.5, { ...key, draw: 1 }, "spherical");
    expect(Math.hypot(...child)).toBeCloseTo(8, 5);
  });

  test("is another for another draw", () => {
    const z = new Float32Array(8);
    expect(relative(z, 0.5, key)).not.toEqual(relative(z, 0.5, { ...key, draw: 1 }));
  });
});
