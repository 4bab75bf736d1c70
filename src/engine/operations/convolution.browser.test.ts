import { engine, env, grad, grads, memory, setBackend, tensor, tidy, zeros, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import type { Activation } from "./activations.ts";
import { registerConv2d } from "./conv2d.wgsl.ts";
import { registerConv2dTranspose } from "./conv2dTranspose.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerConv2d();
  registerConv2dTranspose();
});

interface Case {
  readonly transposed: boolean;
  readonly batch: number;
  /** Of the input. */
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly activation: Activation;
  readonly hasBias: boolean;
}

const LEAKY: Activation = { type: "leakyReLU", alpha: 0.2 };
const LINEAR: Activation = { type: "linear" };
const TANH: Activation = { type: "tanh" };

/** batch, height, width, inputs, outputs, kernelSize, strides, activation, hasBias. */
const SHAPES = [
  [1, 3, 7, 1, 3, 3, 1, LINEAR, true],
  [3, 7, 3, 3, 1, 4, 2, LEAKY, true],
  [7, 5, 5, 4, 8, 4, 2, TANH, true],
  [33, 4, 3, 8, 5, 5, 3, LEAKY, false],
  [17, 3, 4, 7, 33, 3, 2, LINEAR, true],
  [31, 1, 1, 65, 4, 1, 1, LEAKY, true],
  [20, 6, 6, 8, 12, 4, 2, LINEAR, false],
  [1, 31, 33, 3, 7, 4, 2, TANH, true],
  [65, 1, 3, 31, 1, 3, 1, LEAKY, false],
] as const;

const CASES: readonly Case[] = [false, true].flatMap((transposed) =>
  SHAPES.map(([batch, height, width, inputs, outputs, kernelSize, strides, activation, hasBias]) => {
    return { transposed, batch, height, width, inputs, outputs, kernelSize, strides, activation, hasBias };
  }),
);

function activate({ type }: Activation, x: number): { readonly value: number; readonly slope: number } {
  if (type === "tanh") return { value: Math.tanh(x), slope: 1 - Math.tanh(x) ** 2 };
  if (type === "leakyReLU" && x < 0) return { value: 0.2 * x, slope: 0.2 };
  return { value: x, slope: 1 };
}

interface Sizes {
  readonly outHeight: number;
  readonly outWidth: number;
}

function sizesOf({ transposed, height, width, strides }: Case): Sizes {
  return transposed
    ? { outHeight: height * strides, outWidth: width * strides }
    : { outHeight: Math.ceil(height / strides), outWidth: Math.ceil(width / strides) };
}

/** Calls `use` for every product that the layer adds up: places in x, kernel and y. */
function visit(shape: Case, use: (x: number, kernel: number, y: number) => void): void {
  const { transposed, batch, height, width, inputs, outputs, kernelSize, strides } = shape;
  const { outHeight, outWidth } = sizesOf(shape);
  const [large, small] = transposed
    ? [
        [outHeight, outWidth],
        [height, width],
      ]
    : [
        [height, width],
        [outHeight, outWidth],
      ];
  const [H = 0, W = 0] = large;
  const [h = 0, w = 0] = small;
  const pad = (size: number, out: number) => Math.floor(Math.max((out - 1) * strides + kernelSize - size, 0) / 2);
  const [top, left] = [pad(H, h), pad(W, w)];
  const [channels, filters] = transposed ? [outputs, inputs] : [inputs, outputs];
  for (let n = 0; n < batch; n++) {
    for (let place = 0; place < h * w * kernelSize * kernelSize; place++) {
      const [ky, kx] = [Math.floor(place / kernelSize) % kernelSize, place % kernelSize];
      const pixel = Math.floor(place / kernelSize / kernelSize);
      const [sy, sx] = [Math.floor(pixel / w), pixel % w];
      const [ly, lx] = [sy * strides - top + ky, sx * strides - left + kx];
      if (ly < 0 || ly >= H || lx < 0 || lx >= W) continue;
      for (let channel = 0; channel < channels; channel++) {
        for (let filter = 0; filter < filters; filter++) {
          const inLarge = ((n * H + ly) * W + lx) * channels + channel;
          const inSmall = ((n * h + sy) * w + sx) * filters + filter;
          const weight = ((ky * kernelSize + kx) * channels + channel) * filters + filter;
          use(transposed ? inSmall : inLarge, weight, transposed ? inLarge : inSmall);
        }
      }
    }
  }
}

const at = (values: ArrayLike<number> | undefined, index: number) => values?.[index] ?? NaN;

/** The layer and its gradients by x, kernel and bias in float64, as the definition reads. */
function reference(shape: Case, [x, kernel, bias, dy]: readonly Float32Array[]): readonly Float64Array[] {
  const { outputs } = shape;
  const sums = Float64Array.from({ length: dy?.length ?? 0 }, (_, index) =>
    shape.hasBias ? at(bias, index % outputs) : 0,
  );
  visit(shape, (from, weight, to) => {
    sums[to] = at(sums, to) + at(x, from) * at(kernel, weight);
  });
  const dz = sums.map((sum, index) => at(dy, index) * activate(shape.activation, sum).slope);
  const dx = new Float64Array(x?.length ?? 0);
  const dKernel = new Float64Array(kernel?.length ?? 0);
  visit(shape, (from, weight, to) => {
    dx[from] = at(dx, from) + at(dz, to) * at(kernel, weight);
    dKernel[weight] = at(dKernel, weight) + at(dz, to) * at(x, from);
  });
  const dBias = new Float64Array(outputs);
  for (const [index, value] of dz.entries()) dBias[index % outputs] = at(dBias, index % outputs) + value;
  const y = sums.map((sum) => activate(shape.activation, sum).value);
  return shape.hasBias ? [y, dx, dKernel, dBias] : [y, dx, dKernel];
}

test.for(CASES)("a layer %o is what its definition says, in value and gradients", async (shape) => {
  const { transposed, batch, height, width, inputs, outputs, kernelSize, strides, activation, hasBias } = shape;
  const tensorsBefore = memory().numTensors;
  const { outHeight, outWidth } = sizesOf(shape);
  const shapes = [
    [batch, height, width, inputs],
    transposed ? [kernelSize, kernelSize, outputs, inputs] : [kernelSize, kernelSize, inputs, outputs],
    [outputs],
    [batch, outHeight, outWidth, outputs],
  ];
  const data = shapes.map((dimensions, draw) => {
    const size = dimensions.reduce((product, dimension) => product * dimension, 1);
    return uniform({ seed: 3, stream: "samples", draw }, size).map((value) => 2 * value - 1);
  });
  const results = tidy(() => {
    const [x, kernel, bias, dy] = data.map((values, index) => tensor(values, shapes[index])) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const layer = (...[first, second, third]: Tensor[]): Tensor => {
      const tensors = { x: first, kernel: second, ...(third === undefined ? {} : { bias: third }) };
      const attributes = { strides, activation, hasBias };
      const name = transposed ? "DuelConv2dTranspose" : "DuelConv2d";
      return engine().runKernel(name, tensors as Record<string, Tensor>, attributes);
    };
    const parameters = hasBias ? [x, kernel, bias] : [x, kernel];
    return [layer(...parameters), ...grads(layer)(parameters, dy)];
  });
  const expected = reference(shape, data);
  expect(results.length).toBe(expected.length);
  for (const [index, result] of results.entries()) {
    const actual = await result.data<"float32">();
    const theirs = [...(expected[index] ?? [])];
    expect(actual.length).toBe(theirs.length);
    const distance = Math.hypot(...theirs.map((value, place) => value - at(actual, place)));
    // Up to a few hundred roundings of 6e-8, which mostly cancel.
    expect(distance / Math.max(Math.hypot(...theirs), 1e-3), `output ${index}`).toBeLessThan(5e-6);
    result.dispose();
  }
  expect(memory().numTensors).toBe(tensorsBefore);
});

test.for([false, true])(
  "two halves of a batch that pull a bias by the same amount leave exactly nothing, transposed %s",
  async (transposed) => {
    const [batch, size, outputs] = [6, 5, 3];
    const results = tidy(() => {
      const half = uniform({ seed: 5, stream: "samples", draw: 0 }, (batch / 2) * size * size * outputs);
      const dy = tensor([...half, ...half.map((value) => -value)], [batch, size, size, outputs]);
      const [x, kernel] = [zeros([batch, size, size, 1]), zeros([1, 1, ...(transposed ? [outputs, 1] : [1, outputs])])];
      const name = transposed ? "DuelConv2dTranspose" : "DuelConv2d";
      const attributes = { strides: 1, activation: { ...LINEAR }, hasBias: true };
      const layer = (bias: Tensor): Tensor => engine().runKernel(name, { x, kernel, bias }, attributes);
      return grad(layer)(zeros([outputs]), dy);
    });
    expect([...(await results.data())]).toEqual([0, 0, 0]);
    results.dispose();
  },
);
