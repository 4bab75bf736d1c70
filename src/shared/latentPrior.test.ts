import fc from "fast-check";
import { expect, test } from "vitest";
import { costOfLength, distanceOfStrangers, slopeOfLength, withinPrior } from "./latentPrior.ts";
import { latentNumbers, LATENT_DISTRIBUTIONS } from "./latents.ts";

const latents = fc
  .array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 2, maxLength: 8 })
  .map((values) => Float32Array.from(values))
  .filter((z) => Math.hypot(...z) > 0.5);

test("the slope of the length's cost is what finite differences say", () => {
  fc.assert(
    fc.property(latents, (z) => {
      const step = 1e-2;
      slopeOfLength(z, "normal").forEach((slope, index) => {
        const cost = (change: number) =>
          costOfLength(
            z.map((value, at) => (at === index ? value + change : value)),
            "normal",
          );
        // Latents are float32, and the cost curves within two steps.
        expect(slope).toBeCloseTo((cost(step) - cost(-step)) / (2 * step), 1);
      });
    }),
  );
});

test("the likeliest length of d normal numbers is √(d − 1), and other distributions have no cost of length", () => {
  const z = new Float32Array(17).fill(4 / Math.sqrt(17));
  for (const slope of slopeOfLength(z, "normal")) expect(slope).toBeCloseTo(0, 6);
  expect(
    costOfLength(
      z.map((value) => 1.1 * value),
      "normal",
    ),
  ).toBeGreaterThan(costOfLength(z, "normal"));
  expect(
    costOfLength(
      z.map((value) => 0.9 * value),
      "normal",
    ),
  ).toBeGreaterThan(costOfLength(z, "normal"));
  for (const other of ["uniform", "spherical"] as const) {
    expect(costOfLength(z, other)).toBe(0);
    expect(slopeOfLength(z, other).every((slope) => slope === 0)).toBe(true);
  }
});

test("latents that left their distribution come back to its edge, its sphere, or stay", () => {
  const z = Float32Array.of(3, -0.5, -4);
  expect(withinPrior(z, "normal")).toEqual(z);
  expect([...withinPrior(z, "uniform")]).toEqual([1, -0.5, -1]);
  const back = withinPrior(z, "spherical");
  expect(Math.hypot(...back)).toBeCloseTo(Math.sqrt(3), 5);
  expect((back[0] ?? 0) / (back[2] ?? 0)).toBeCloseTo(3 / -4, 5);
});

test.each(LATENT_DISTRIBUTIONS)("strangers of %s latents are as far apart as drawn ones are", (latentDistribution) => {
  const space = { latentDim: 8, latentDistribution };
  const drawn = (draw: number) => latentNumbers({ seed: 3, stream: "samples", draw }, space);
  const pairs = 2000;
  let sum = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const [a, b] = [drawn(2 * pair), drawn(2 * pair + 1)];
    sum += a.reduce((square, value, index) => square + (value - (b[index] ?? 0)) ** 2, 0);
  }
  // The mean of 2,000 squares of this spread is known to about 1 %.
  expect(Math.sqrt(sum / pairs) / distanceOfStrangers(space)).toBeCloseTo(1, 1);
});
