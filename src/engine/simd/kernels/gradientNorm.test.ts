import { dispose, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { gradientNorm } from "../../gradients.ts";
import { startSimd } from "../index.ts";
import { numbers, ODD_SIZES, tensorOf } from "../testing.ts";

beforeAll(async () => {
  await startSimd();
});

test.for([1, 5, 20, 21, 45])("the norm of %i gradients of odd sizes agrees with float64", (count) => {
  const sizes = Array.from({ length: count }, (_, index) => (ODD_SIZES[index % ODD_SIZES.length] ?? 1) * (1 + index));
  const gradients = sizes.map((size, draw) => tensorOf(numbers([size], draw), [size]));
  const norm = tidy(() => gradientNorm(gradients));
  const expected = Math.sqrt(
    sizes.reduce((sum, size, draw) => sum + numbers([size], draw).reduce((squares, g) => squares + g * g, 0), 0),
  );
  // Summed in float64, rounded once.
  expect(Math.abs((norm.dataSync()[0] ?? NaN) / expected - 1)).toBeLessThan(1e-7);
  dispose([norm, ...gradients]);
});
