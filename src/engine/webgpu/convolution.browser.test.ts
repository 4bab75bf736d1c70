import { engine, env, setBackend, tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { convolution, filterGradient, transposedConvolution, type ConvolutionShape } from "./convolution.ts";
import { defineKernel, emptyTensor, type KernelSource } from "./program.ts";
import { TILES, type Tile } from "./tiles.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
});

interface Parameters {
  readonly shape: ConvolutionShape;
  readonly tile: Tile;
}

/** A kernel of a writer alone, and the sizes of what it reads and gives. */
function writtenBy(writer: typeof convolution) {
  return ({ shape, tile }: Parameters): KernelSource => {
    const written = writer(shape, tile);
    return {
      writes: { y: written.result },
      reads: { a: written.source, b: written.filter },
      threads: written.threads,
      workgroupSize: tile.workgroupSize,
      code: `
fn source(index: u32) -> ${written.source} { return a[index]; }
fn filters(index: u32) -> ${written.filter} { return b[index]; }
fn finish(channel: u32, index: u32, sum: ${written.result}) { y[index] = sum; }
${written.code}
fn run(i: u32) { convolve(i); }`,
    };
  };
}

const sizes = ({ batch, height, width, channels, filters, kernelSize, strides }: ConvolutionShape) => ({
  large: batch * height * width * channels,
  small: batch * Math.ceil(height / strides) * Math.ceil(width / strides) * filters,
  kernel: kernelSize ** 2 * channels * filters,
});

const KERNELS = {
  convolution: {
    kernel: defineKernel("TestConvolution", writtenBy(convolution)),
    sizes: (shape: ConvolutionShape) => [sizes(shape).small, sizes(shape).large, sizes(shape).kernel],
  },
  "transposed convolution": {
    kernel: defineKernel("TestTransposed", writtenBy(transposedConvolution)),
    sizes: (shape: ConvolutionShape) => [sizes(shape).large, sizes(shape).small, sizes(shape).kernel],
  },
  "filters' gradient": {
    kernel: defineKernel("TestFilterGradient", ({ shape, tile }: Parameters) => {
      const written = filterGradient(shape, 1, tile);
      return {
        writes: { y: written.small },
        reads: { a: written.large, b: written.small },
        threads: written.threads,
        workgroupSize: tile.workgroupSize,
        code: `
fn large(index: u32) -> ${written.large} { return a[index]; }
fn small(index: u32) -> ${written.small} { return b[index]; }
fn finish(part: u32, index: u32, sum: ${written.small}) { y[index] = sum; }
${written.code}
fn run(i: u32) { correlate(i); }`,
      };
    }),
    sizes: (shape: ConvolutionShape) => [sizes(shape).kernel, sizes(shape).large, sizes(shape).small],
  },
} as const;

const SHAPES: readonly ConvolutionShape[] = [
  { batch: 7, height: 6, width: 5, channels: 8, filters: 12, kernelSize: 4, strides: 2 },
  { batch: 33, height: 3, width: 4, channels: 1, filters: 16, kernelSize: 3, strides: 1 },
];

const CASES = Object.keys(KERNELS).flatMap((name) =>
  SHAPES.map((shape) => ({ name: name as keyof typeof KERNELS, shape })),
);

async function run(name: keyof typeof KERNELS, shape: ConvolutionShape, tile: Tile): Promise<Float32Array> {
  const { kernel, sizes } = KERNELS[name];
  const [result = 0, first = 0, second = 0] = sizes(shape);
  const [a, b] = [first, second].map((size, draw) => tensor(uniform({ seed: 4, stream: "samples", draw }, size)));
  const y = engine().makeTensorFromTensorInfo(emptyTensor([result]));
  if (a !== undefined && b !== undefined) kernel.run({ shape, tile }, [y, a, b]);
  const values = await y.data<"float32">();
  for (const used of [a, b, y]) used?.dispose();
  return values;
}

// The software tiles are what the layers' own tests compare with float64 here; this carries over to graphics cards.
test.for(CASES)("the $name is the same by the tiles of a graphics card, for $shape", async ({ name, shape }) => {
  const [expected, actual] = [await run(name, shape, TILES.software), await run(name, shape, TILES.hardware)];
  expect(actual.length).toBe(expected.length);
  // The order of additions is the same, but a compiler may fuse them differently: some roundings of 6e-8.
  for (const [index, value] of expected.entries()) expect((actual[index] ?? NaN) / value).toBeCloseTo(1, 5);
  expect(expected.every((value) => value > 0)).toBe(true);
});
