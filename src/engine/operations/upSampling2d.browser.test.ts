import {
  env,
  grad,
  memory,
  setBackend,
  tensor,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { gradientByDifferences, somePlaces } from "./differences.ts";
import { upSampling2d } from "./upSampling2d.ts";
import { registerUpSampling2d } from "./upSampling2d.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerUpSampling2d();
});

type Shape = readonly [batch: number, height: number, width: number, channels: number];

const CASES: readonly (readonly [shape: Shape, size: number])[] = [
  [[1, 1, 1, 1], 2],
  [[3, 7, 1, 3], 2],
  [[1, 3, 7, 4], 3],
  [[7, 3, 3, 33], 2],
  [[2, 31, 33, 1], 2],
  [[1, 3, 65, 8], 1],
];

/** The enlarged images in float64: each pixel of the result asks where it came from. */
function reference(x: Float64Array, [batch, height, width, channels]: Shape, size: number): Float64Array {
  const y: number[] = [];
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < height * size; row++) {
      for (let column = 0; column < width * size; column++) {
        const pixel = (n * height + Math.floor(row / size)) * width + Math.floor(column / size);
        for (let channel = 0; channel < channels; channel++) y.push(x[pixel * channels + channel] ?? NaN);
      }
    }
  }
  return Float64Array.from(y);
}

test.for(CASES)("images of %o enlarged %i times repeat pixels, and the gradient sums them", async ([shape, size]) => {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  const x = uniform({ seed: 3, stream: "samples", draw: 0 }, count);
  const dy = uniform({ seed: 3, stream: "samples", draw: 1 }, count * size ** 2);
  const before = memory().numTensors;
  const [y, dx] = tidy(() => {
    const images = tensor4d(x, [...shape]);
    const enlarged = upSampling2d(images, size);
    const byImages = grad((input: Tensor) => upSampling2d(input as Tensor4D, size));
    return [enlarged, byImages(images, tensor(dy, enlarged.shape))] as const;
  });
  const x64 = Float64Array.from(x);
  expect(y.shape).toEqual([shape[0], shape[1] * size, shape[2] * size, shape[3]]);
  expect(Float64Array.from(await y.data())).toEqual(reference(x64, shape, size));

  const places = somePlaces(count, 100);
  const expected = gradientByDifferences((moved) => reference(moved, shape, size), x64, dy, places);
  const gradient = await dx.data();
  // A sum of up to nine numbers below 1, each rounded to 6e-8.
  for (const [index, place] of places.entries()) {
    expect(Math.abs((gradient[place] ?? NaN) - (expected[index] ?? NaN))).toBeLessThan(2e-6);
  }
  for (const each of [y, dx]) each.dispose();
  expect(memory().numTensors).toBe(before);
});
