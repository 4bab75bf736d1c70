import { conv2d, conv2dTranspose, fused, tidy, type Tensor, type Tensor3D, type Tensor4D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, describe, test } from "vitest";
import { present } from "../../../shared/invariant.ts";
import { startSimd } from "../index.ts";
import { expectClose, numbers, tensorOf } from "../testing.ts";
import { checkConvolution, shapesOf, visit, type Setup } from "./convolutionTesting.ts";

// Sums of up to some thousand products of normal numbers.
const TOLERANCE = 5e-6;

const SETUPS: readonly Setup[] = [
  { batch: 1, height: 1, width: 1, channels: 1, filters: 1, kernel: 1, strides: 1, pad: "same" },
  { batch: 3, height: 7, width: 7, channels: 1, filters: 3, kernel: 3, strides: 1, pad: "same" },
  { batch: 2, height: 7, width: 31, channels: 3, filters: 7, kernel: 4, strides: 2, pad: "same" },
  { batch: 3, height: 8, width: 6, channels: 7, filters: 33, kernel: 5, strides: 2, pad: "same" },
  { batch: 2, height: 9, width: 9, channels: 31, filters: 3, kernel: 3, strides: 3, pad: "same" },
  { batch: 1, height: 33, width: 7, channels: 4, filters: 8, kernel: 4, strides: 2, pad: "valid" },
  { batch: 2, height: 3, width: 3, channels: 2, filters: 65, kernel: 7, strides: 1, pad: "same" },
  { batch: 5, height: 65, width: 3, channels: 1, filters: 1, kernel: 3, strides: 2, pad: "same" },
  { batch: 5, height: 28, width: 28, channels: 1, filters: 8, kernel: 4, strides: 2, pad: "same" },
  { batch: 9, height: 14, width: 14, channels: 8, filters: 16, kernel: 4, strides: 2, pad: "same" },
];

const named = SETUPS.map((setup) => [JSON.stringify(setup).replaceAll(/["{}]/g, ""), setup] as const);

describe("convolutions", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(named)("agree with float64, gradients included (%s)", ([, setup]) => {
    checkConvolution(setup, TOLERANCE);
  });

  test("turn around into transposed convolutions", () => {
    const setup = present(SETUPS[9], "a setup");
    const shapes = shapesOf(setup);
    const filter = numbers(shapes.filter, 2);
    const outShape = visit(setup, () => undefined);
    const small = numbers(outShape, 3);
    const reference = new Float64Array(numbers(shapes.input).length);
    visit(setup, (x, w, y) => {
      reference[x] = (reference[x] ?? NaN) + (small[y] ?? NaN) * (filter[w] ?? NaN);
    });
    const result = tidy(() => {
      const x = tensorOf(small, outShape) as Tensor4D;
      const w = tensorOf(filter, shapes.filter) as Tensor4D;
      return conv2dTranspose(x, w, [...shapes.input] as Tensor4D["shape"], setup.strides, "same");
    });
    expectClose(result, reference, TOLERANCE);
  });

  test("take a bias and a leaky relu along", () => {
    const setup = present(SETUPS[2], "a setup");
    const shapes = shapesOf(setup);
    const input = numbers(shapes.input, 1);
    const filter = numbers(shapes.filter, 2);
    const bias = numbers([setup.filters], 3);
    const outShape = visit(setup, () => undefined);
    const sums = new Float64Array(numbers(outShape).length).map((_, index) => bias[index % setup.filters] ?? NaN);
    visit(setup, (x, w, y) => {
      sums[y] = (sums[y] ?? NaN) + (input[x] ?? NaN) * (filter[w] ?? NaN);
    });
    const result: Tensor = tidy(() =>
      fused.conv2d({
        x: tensorOf(input, shapes.input) as Tensor3D,
        filter: tensorOf(filter, shapes.filter) as Tensor4D,
        bias: tensorOf(bias, [setup.filters]),
        strides: setup.strides,
        pad: setup.pad,
        activation: "leakyrelu",
        leakyreluAlpha: 0.2,
      }),
    );
    expectClose(
      result,
      sums.map((sum) => (sum < 0 ? 0.2 * sum : sum)),
      TOLERANCE,
    );
  });

  test("are left to the CPU backend where they are dilated, with the same result", () => {
    const input = numbers([1, 9, 9, 2], 1);
    const filter = numbers([3, 3, 2, 4], 2);
    const result = tidy(() => {
      const x = tensorOf(input, [1, 9, 9, 2]) as Tensor4D;
      return conv2d(x, tensorOf(filter, [3, 3, 2, 4]) as Tensor4D, 1, "valid", "NHWC", 2);
    });
    const reference = new Float64Array(5 * 5 * 4);
    for (let position = 0; position < 25; position++) {
      for (let tap = 0; tap < 9; tap++) {
        const y = Math.floor(position / 5) + 2 * Math.floor(tap / 3);
        const x = (position % 5) + 2 * (tap % 3);
        for (let c = 0; c < 2; c++) {
          for (let f = 0; f < 4; f++) {
            const product = (input[(y * 9 + x) * 2 + c] ?? NaN) * (filter[(tap * 2 + c) * 4 + f] ?? NaN);
            reference[position * 4 + f] = (reference[position * 4 + f] ?? NaN) + product;
          }
        }
      }
    }
    expectClose(result, reference, TOLERANCE);
  });
});
