/** What the convolution and its transpose share on WebGPU: each is the other's gradient by the input. */
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { activateWgsl, slopeBuffers, slopeWgsl, type Element } from "../webgpu/activation.wgsl.ts";
import { convolution, filterGradient, transposedConvolution, type ConvolutionShape } from "../webgpu/convolution.ts";
import { webGpuInternals } from "../webgpu/internals.ts";
import { filledOnDemand } from "../webgpu/onDemand.ts";
import { defineKernel, defineTiledKernel, emptyTensor } from "../webgpu/program.ts";
import { slopesOf } from "../webgpu/slopes.ts";
import { isSoftwareDevice, tileHere } from "../webgpu/tiles.ts";
import type { Activation } from "./activations.ts";

/** Which way images go: large ones become small ones, or transposed. */
export type Direction = "convolution" | "transposed";

export interface ConvolutionAttributes {
  readonly strides: number;
  readonly activation: Activation;
  readonly hasBias: boolean;
}

interface LayerParameters {
  readonly shape: ConvolutionShape;
  readonly direction: Direction;
  readonly activation: Activation;
  readonly hasBias: boolean;
}

const WRITERS = { convolution, transposed: transposedConvolution } as const satisfies Readonly<
  Record<Direction, unknown>
>;

/** Multiply-adds of the layer, and of either gradient; padding is counted as if it were not there. */
function workOf({ shape }: LayerParameters): number {
  const { batch, height, width, channels, filters, kernelSize, strides } = shape;
  const small = Math.ceil(height / strides) * Math.ceil(width / strides);
  return batch * small * kernelSize ** 2 * channels * filters;
}

/** activation(x ∗ kernel + bias). */
const forward = defineTiledKernel("DuelConvolution", workOf, (parameters: LayerParameters, tile) => {
  const { shape, direction, activation, hasBias } = parameters;
  const written = WRITERS[direction](shape, tile);
  return {
    writes: { y: written.result },
    reads: { x: written.source, kernel: written.filter, ...(hasBias ? { bias: written.result } : {}) },
    threads: written.threads,
    workgroupSize: tile.workgroupSize,
    code: `
${activateWgsl(activation, written.result)}
fn source(index: u32) -> ${written.source} { return x[index]; }
fn filters(index: u32) -> ${written.filter} { return kernel[index]; }
fn finish(channel: u32, index: u32, sum: ${written.result}) {
  y[index] = activate(sum${hasBias ? " + bias[channel]" : ""});
}
${written.code}
fn run(i: u32) { convolve(i); }`,
  };
});

/** The gradient by x, whose direction is the layer's other one. */
const inputGradient = defineTiledKernel("DuelConvolutionInputGradient", workOf, (parameters: LayerParameters, tile) => {
  const { shape, direction, activation } = parameters;
  const written = WRITERS[direction === "convolution" ? "transposed" : "convolution"](shape, tile);
  return {
    writes: { dx: written.result },
    reads: { ...slopeBuffers(activation, written.source), kernel: written.filter },
    threads: written.threads,
    workgroupSize: tile.workgroupSize,
    code: `
${slopeWgsl(activation, written.source)}
fn source(index: u32) -> ${written.source} { return slope(index); }
fn filters(index: u32) -> ${written.filter} { return kernel[index]; }
fn finish(channel: u32, index: u32, sum: ${written.result}) { dx[index] = sum; }
${written.code}
fn run(i: u32) { convolve(i); }`,
  };
});

interface GradientParameters extends LayerParameters {
  readonly parts: number;
}

/** The gradients by the kernel and by the bias, from each part of the batch: [parts, kernel and bias]. */
const parameterGradient = defineTiledKernel(
  "DuelConvolutionParameterGradient",
  workOf,
  (parameters: GradientParameters, tile) => {
    const { shape, direction, activation, hasBias, parts } = parameters;
    const written = filterGradient(shape, parts, tile);
    // The layer's output, whose gradient comes, are the small images of a convolution.
    const dy = direction === "convolution" ? written.small : written.large;
    const x = direction === "convolution" ? written.large : written.small;
    const [large, small] = direction === "convolution" ? ["x[index]", "slope(index)"] : ["slope(index)", "x[index]"];
    const biasWidth = hasBias ? outputsOf(parameters) / (dy === "vec4f" ? 4 : 1) : 0;
    return {
      writes: { dKernel: written.small, ...(hasBias ? { dBias: dy } : {}) },
      reads: { x, ...slopeBuffers(activation, dy) },
      threads: written.threads + biasWidth * parts,
      workgroupSize: tile.workgroupSize,
      code: `
${slopeWgsl(activation, dy)}
fn large(index: u32) -> ${written.large} { return ${large}; }
fn small(index: u32) -> ${written.small} { return ${small}; }
fn finish(part: u32, index: u32, sum: ${written.small}) { dKernel[part * ${written.size}u + index] = sum; }
${written.code}
${hasBias ? biasWgsl(parameters, biasWidth, dy) : ""}
fn run(i: u32) {
  ${hasBias ? `if (i >= ${written.threads}u) { sumBias(i - ${written.threads}u); return; }` : ""}
  correlate(i);
}`,
    };
  },
);

/**
 * Images of the two halves of the batch are added pairwise: where real and fake images stand in one batch and pull a bias by
 * the same amount, nothing is left, as it should be; Adam and RMSProp would make a whole step of the rounding error.
 */
function biasWgsl(parameters: GradientParameters, width: number, element: Element): string {
  const { shape, parts } = parameters;
  const pixels = outputPixels(parameters);
  const half = Math.floor(shape.batch / 2);
  const perPart = Math.ceil(half / parts) * pixels;
  const last = `if (part == 0u) {
    for (var row = ${2 * half * pixels}u; row < ${shape.batch * pixels}u; row++) { sum += slope(row * ${width}u + column); }
  }`;
  return `
fn sumBias(i: u32) {
  let column = i % ${width}u;
  let part = i / ${width}u;
  var sum = ${element}(0);
  for (var row = part * ${perPart}u; row < min(${half * pixels}u, (part + 1u) * ${perPart}u); row++) {
    sum += slope(row * ${width}u + column) + slope((row + ${half * pixels}u) * ${width}u + column);
  }
  ${shape.batch % 2 === 1 ? last : ""}
  dBias[part * ${width}u + column] = sum;
}`;
}

interface SumParameters {
  readonly parts: number;
  readonly kernelSize: number;
  readonly biasSize: number;
}

/** Adds up what the parts of a batch gave. */
const sumParts = defineKernel("DuelSumParts", ({ parts, kernelSize, biasSize }: SumParameters) => {
  const add = (name: string, size: number) => `
fn sum_${name}(i: u32) {
  var sum = 0.0;
  for (var part = 0u; part < ${parts}u; part++) { sum += ${name}Parts[part * ${size}u + i]; }
  ${name}[i] = sum;
}`;
  const hasBias = biasSize > 0;
  return {
    writes: { kernel: "f32", ...(hasBias ? { bias: "f32" } : {}) },
    reads: { kernelParts: "f32", ...(hasBias ? { biasParts: "f32" } : {}) },
    threads: kernelSize + biasSize,
    workgroupSize: 64,
    code: `${add("kernel", kernelSize)}${hasBias ? add("bias", biasSize) : ""}
fn run(i: u32) {
  ${hasBias ? `if (i >= ${kernelSize}u) { sum_bias(i - ${kernelSize}u); return; }` : ""}
  sum_kernel(i);
}`,
  };
});

function outputsOf({ shape, direction }: LayerParameters): number {
  return direction === "convolution" ? shape.filters : shape.channels;
}

function outputPixels({ shape, direction }: LayerParameters): number {
  const { height, width, strides } = shape;
  return direction === "transposed" ? height * width : Math.ceil(height / strides) * Math.ceil(width / strides);
}

function outputShape(parameters: LayerParameters): readonly number[] {
  const { batch, height, width, strides } = parameters.shape;
  const [h, w] =
    parameters.direction === "transposed" ? [height, width] : [Math.ceil(height / strides), Math.ceil(width / strides)];
  return [batch, h, w, outputsOf(parameters)];
}

/** A layer's shape out of its tensors: kernel [size, size, channels, filters], seen from the large images. */
function layerParameters(
  direction: Direction,
  x: TensorInfo,
  kernel: TensorInfo,
  { strides, activation, hasBias }: ConvolutionAttributes,
): LayerParameters {
  const [batch = 1, height = 1, width = 1] = x.shape;
  const [kernelSize = 1, , channels = 1, filters = 1] = kernel.shape;
  const scale = direction === "transposed" ? strides : 1;
  const shape = { batch, height: height * scale, width: width * scale, channels, filters, kernelSize, strides };
  return { shape, direction, activation, hasBias };
}

/** Runs the layer. */
export function convolve(
  direction: Direction,
  inputs: Readonly<Record<string, TensorInfo | undefined>>,
  attributes: ConvolutionAttributes,
): TensorInfo {
  const [x, kernel] = [present(inputs.x, "x"), present(inputs.kernel, "the kernel")];
  const parameters = layerParameters(direction, x, kernel, attributes);
  const y = emptyTensor(outputShape(parameters));
  forward.run(parameters, [y, x, kernel, ...(inputs.bias === undefined ? [] : [inputs.bias])]);
  return y;
}

/** Threads that keep an adapter busy while it sums over a batch. */
const THREADS_WANTED = { software: 256, hardware: 8192 } as const;

/** Parts of the batch: enough that there are threads for all. */
function partsFor({ batch, channels, filters, kernelSize }: ConvolutionShape): number {
  const { rows, vectors } = tileHere();
  const blocks = (kernelSize ** 2 * channels * filters) / (Math.min(rows, channels) * Math.min(vectors * 4, filters));
  const wanted = isSoftwareDevice() ? THREADS_WANTED.software : THREADS_WANTED.hardware;
  return Math.max(1, Math.min(batch, Math.ceil(wanted / blocks)));
}

/** The gradients by x, kernel and bias, each computed if it is asked for. `saved` are x, kernel and y. */
export function convolutionGradient(
  direction: Direction,
  dy: Tensor,
  saved: readonly Tensor[],
  attributes: ConvolutionAttributes,
): Record<string, () => Tensor> {
  const x = present(saved[0], "x");
  const kernel = present(saved[1], "the kernel");
  const y = present(saved[2], "y");
  const slopes = slopesOf(dy, y, attributes.activation);
  const parameters = layerParameters(direction, x, kernel, { ...attributes, activation: slopes.activation });
  const [dx] = filledOnDemand([x.shape], ([target]) => {
    inputGradient.run(parameters, [present(target, "dx"), ...slopes.tensors(), kernel]);
  });
  const biasShapes = attributes.hasBias ? [[outputsOf(parameters)]] : [];
  const [dKernel, dBias] = filledOnDemand([kernel.shape, ...biasShapes], (targets) => {
    sumGradients(parameters, targets, [x, ...slopes.tensors()], kernel.size);
  });
  return {
    x: present(dx, "dx"),
    kernel: present(dKernel, "dKernel"),
    ...(dBias === undefined ? {} : { bias: dBias }),
  };
}

function sumGradients(
  layer: LayerParameters,
  targets: readonly Tensor[],
  sources: readonly Tensor[],
  kernelSize: number,
): void {
  const parts = partsFor(layer.shape);
  if (parts === 1) {
    parameterGradient.run({ ...layer, parts }, [...targets, ...sources]);
    return;
  }
  const partial = targets.map(({ size }) => emptyTensor([parts, size]));
  parameterGradient.run({ ...layer, parts }, [...partial, ...sources]);
  sumParts.run({ parts, kernelSize, biasSize: layer.hasBias ? outputsOf(layer) : 0 }, [...targets, ...partial]);
  for (const { dataId } of partial) webGpuInternals().disposeData(dataId);
}
