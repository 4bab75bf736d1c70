import { dispose, memory, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { conv2d } from "../../operations/conv2d.ts";
import { conv2dTranspose } from "../../operations/conv2dTranspose.ts";
import { startSimd } from "../index.ts";
import { ACTIVATIONS, expectClose, numbers, tensorOf, valueAndGradients } from "../testing.ts";

// Sums of up to some thousand products of normal numbers; tanh and the like see their absolute error, of a sum near 30.
const TOLERANCE = 1e-5;

interface Setup {
  readonly transposed: boolean;
  readonly batch: number;
  /** Of the larger images. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Of the smaller images. */
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly hasBias: boolean;
}

function smallSizes({ height, width, strides }: Setup): readonly [height: number, width: number] {
  return [Math.ceil(height / strides), Math.ceil(width / strides)];
}

/** Visits every product of a convolution with "same" padding: places in the large images, the kernel, the small images. */
function visit(setup: Setup, each: (large: number, weight: number, small: number) => void): void {
  const { batch, height, width, channels, filters, kernelSize, strides } = setup;
  const [smallHeight, smallWidth] = smallSizes(setup);
  const before = (size: number, out: number) => Math.floor(Math.max((out - 1) * strides + kernelSize - size, 0) / 2);
  const [top, left] = [before(height, smallHeight), before(width, smallWidth)];
  for (let place = 0; place < batch * smallHeight * smallWidth * kernelSize * kernelSize; place++) {
    const [u, v] = [Math.floor(place / kernelSize) % kernelSize, place % kernelSize];
    const small = Math.floor(place / kernelSize / kernelSize);
    const image = Math.floor(small / smallWidth / smallHeight);
    const y = (Math.floor(small / smallWidth) % smallHeight) * strides - top + u;
    const x = (small % smallWidth) * strides - left + v;
    if (y < 0 || y >= height || x < 0 || x >= width) continue;
    for (let channel = 0; channel < channels; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        each(
          ((image * height + y) * width + x) * channels + channel,
          ((u * kernelSize + v) * channels + channel) * filters + filter,
          small * filters + filter,
        );
      }
    }
  }
}

type Rule = (typeof ACTIVATIONS)[number];

function check(setup: Setup, rule: Rule): void {
  const before = memory().numTensors;
  const { transposed, batch, height, width, channels, filters, kernelSize, strides, hasBias } = setup;
  const [large, small] = [
    [batch, height, width, channels],
    [batch, ...smallSizes(setup), filters],
  ];
  const shapes = [transposed ? small : large, [kernelSize, kernelSize, channels, filters]];
  const outputs = transposed ? channels : filters;
  if (hasBias) shapes.push([outputs]);
  const dyShape = transposed ? large : small;
  const [x, kernel, bias] = shapes.map((shape, draw) => numbers(shape, draw));
  const dyValues = numbers(dyShape, 9);
  const add = (sums: Float64Array, index: number, term: number) => {
    sums[index] = (sums[index] ?? NaN) + term;
  };
  const sums = Float64Array.from(dyValues, (_, index) => (hasBias ? (bias?.[index % outputs] ?? NaN) : 0));
  visit(setup, (inLarge, weight, inSmall) => {
    const [from, to] = transposed ? [inSmall, inLarge] : [inLarge, inSmall];
    add(sums, to, (x?.[from] ?? NaN) * (kernel?.[weight] ?? NaN));
  });
  const dz = dyValues.map((value, index) => value * rule.slope(sums[index] ?? NaN));
  const dx = new Float64Array(x?.length ?? 0);
  const dKernel = new Float64Array(kernel?.length ?? 0);
  const dBias = new Float64Array(outputs);
  visit(setup, (inLarge, weight, inSmall) => {
    const [from, to] = transposed ? [inSmall, inLarge] : [inLarge, inSmall];
    add(dx, from, (dz[to] ?? NaN) * (kernel?.[weight] ?? NaN));
    add(dKernel, weight, (dz[to] ?? NaN) * (x?.[from] ?? NaN));
  });
  dz.forEach((value, index) => {
    add(dBias, index % outputs, value);
  });

  const tensors = shapes.map((shape, draw) => tensorOf(numbers(shape, draw), shape));
  const dy = tensorOf(dyValues, dyShape);
  const layer = transposed ? conv2dTranspose : conv2d;
  const results = valueAndGradients(
    (input, weights, offset) => layer(input as Tensor4D, weights as Tensor4D, offset ?? null, strides, rule.activation),
    tensors,
    dy,
  );
  const expected = [sums.map((sum) => rule.value(sum)), dx, dKernel, ...(hasBias ? [dBias] : [])];
  expect(results.length).toBe(expected.length);
  for (const [index, result] of results.entries()) expectClose(result, expected[index] ?? [], TOLERANCE);
  dispose([...tensors, dy]);
  expect(memory().numTensors).toBe(before);
}

/** batch, height, width, channels, filters, kernelSize, strides, hasBias; the sizes are multiples of the strides. */
const SETUPS = [
  [1, 3, 7, 1, 3, 3, 1, true],
  [3, 8, 6, 3, 1, 4, 2, true],
  [7, 4, 4, 31, 33, 4, 2, true],
  [2, 6, 3, 65, 7, 5, 3, false],
  [33, 2, 2, 8, 16, 1, 1, true],
  [4, 14, 14, 7, 12, 4, 2, true],
] as const;

describe("convolutional layers and their gradients agree with float64", () => {
  beforeAll(async () => {
    await startSimd();
  });

  for (const transposed of [false, true]) {
    test.for(SETUPS)(
      `${transposed ? "transposed" : "plain"}: %i images of %i × %i × %i, %i filters of %i, strides %i, bias %s`,
      ([batch, height, width, channels, filters, kernelSize, strides, hasBias]) => {
        const setup = { transposed, batch, height, width, channels, filters, kernelSize, strides, hasBias };
        for (const rule of ACTIVATIONS) check(setup, rule);
      },
    );
  }
});
