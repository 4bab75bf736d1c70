/** What the tests of convolutions share: their definition in float64, and a comparison with it. */
import { conv2d, grads, tidy, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { expect } from "vitest";
import { present } from "../../../shared/invariant.ts";
import { expectClose, numbers, tensorOf } from "../testing.ts";

export interface Setup {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernel: number;
  readonly strides: number;
  readonly pad: "same" | "valid";
}

/** Visits every product that a convolution sums: indices into input, filter and output. */
export function visit(setup: Setup, each: (input: number, filter: number, output: number) => void): readonly number[] {
  const { batch, height, width, channels, filters, kernel, strides, pad } = setup;
  const outputOf = (size: number) => Math.ceil((pad === "same" ? size : size - kernel + 1) / strides);
  const [outHeight, outWidth] = [outputOf(height), outputOf(width)];
  const padOf = (size: number, out: number) =>
    pad === "same" ? Math.floor(Math.max(0, (out - 1) * strides + kernel - size) / 2) : 0;
  const [top, left] = [padOf(height, outHeight), padOf(width, outWidth)];
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let u = 0; u < kernel; u++) {
          for (let v = 0; v < kernel; v++) {
            const [y, x] = [i * strides + u - top, j * strides + v - left];
            if (y < 0 || y >= height || x < 0 || x >= width) continue;
            for (let c = 0; c < channels; c++) {
              for (let f = 0; f < filters; f++) {
                each(
                  ((n * height + y) * width + x) * channels + c,
                  ((u * kernel + v) * channels + c) * filters + f,
                  ((n * outHeight + i) * outWidth + j) * filters + f,
                );
              }
            }
          }
        }
      }
    }
  }
  return [batch, outHeight, outWidth, filters];
}

export function shapesOf({ batch, height, width, channels, filters, kernel }: Setup) {
  return { input: [batch, height, width, channels], filter: [kernel, kernel, channels, filters] } as const;
}

/** Fails where a convolution or one of its gradients is further from float64 than `expectClose` allows. */
export function checkConvolution(setup: Setup, tolerance: number): void {
  const shapes = shapesOf(setup);
  const input = numbers(shapes.input, 1);
  const filter = numbers(shapes.filter, 2);
  const outShape = visit(setup, () => undefined);
  const slope = numbers(outShape, 3);
  const forward = new Float64Array(slope.length);
  const inputGradient = new Float64Array(input.length);
  const filterGradient = new Float64Array(filter.length);
  visit(setup, (x, w, y) => {
    forward[y] = (forward[y] ?? NaN) + (input[x] ?? NaN) * (filter[w] ?? NaN);
    inputGradient[x] = (inputGradient[x] ?? NaN) + (slope[y] ?? NaN) * (filter[w] ?? NaN);
    filterGradient[w] = (filterGradient[w] ?? NaN) + (slope[y] ?? NaN) * (input[x] ?? NaN);
  });

  const convolve = (x: Tensor, w: Tensor) => conv2d(x as Tensor4D, w as Tensor4D, setup.strides, setup.pad);
  const results = tidy(() => {
    const x = tensorOf(input, shapes.input);
    const w = tensorOf(filter, shapes.filter);
    return [convolve(x, w), ...grads(convolve)([x, w], tensorOf(slope, outShape))];
  });
  const [y, dx, dw] = results;
  expect(y?.shape).toEqual(outShape);
  expectClose(present(y, "the convolution"), forward, tolerance);
  expectClose(present(dx, "the gradient by the input"), inputGradient, tolerance);
  expectClose(present(dw, "the gradient by the filter"), filterGradient, tolerance);
}
