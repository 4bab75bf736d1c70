/** The fully connected layer on WebGPU: bias, activation and their gradients inside the products. */
import { registerKernel, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { activateWgsl, slopeBuffers, slopeWgsl, type Element } from "../webgpu/activation.wgsl.ts";
import { matrixProduct, type ProductShape, type ProductWgsl } from "../webgpu/matrixProduct.ts";
import { filledOnDemand } from "../webgpu/onDemand.ts";
import { defineTiledKernel, emptyTensor } from "../webgpu/program.ts";
import { slopesOf } from "../webgpu/slopes.ts";
import type { Activation } from "./activations.ts";

export const DENSE_KERNEL = "DuelDense";

export interface DenseAttributes {
  readonly activation: Activation;
  readonly hasBias: boolean;
}

interface DenseShape extends DenseAttributes {
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

const workOf = ({ batch, inputs, units }: DenseShape): number => batch * inputs * units;

/** activation(x · kernel + bias): [batch, inputs] · [inputs, units] → [batch, units]. */
const forward = defineTiledKernel("DuelDense", workOf, (shape: DenseShape, tile) => {
  const { batch, inputs, units, activation, hasBias } = shape;
  const product = matrixProduct(
    // A single column lies in memory as a row does.
    { rows: batch, depth: inputs, columns: units, leftTransposed: false, rightTransposed: units === 1 },
    tile,
  );
  return {
    writes: { y: product.result },
    reads: { x: product.left, kernel: product.right, ...(hasBias ? { bias: product.result } : {}) },
    threads: product.threads,
    workgroupSize: tile.workgroupSize,
    exchanges: product.exchanges,
    code: `
${activateWgsl(activation, product.result)}
fn left(index: u32) -> ${product.left} { return x[index]; }
fn right(index: u32) -> ${product.right} { return kernel[index]; }
fn finish(column: u32, index: u32, sum: ${product.result}) {
  y[index] = activate(sum${hasBias ? " + bias[column]" : ""});
}
${product.code}
fn run(i: u32) { product(i); }`,
  };
});

/** Gradient by x: through(dy) · kernelᵀ, [batch, units] · [units, inputs] → [batch, inputs]. */
const inputGradient = defineTiledKernel("DuelDenseInputGradient", workOf, (shape: DenseShape, tile) => {
  const { batch, inputs, units, activation } = shape;
  const product = matrixProduct(
    { rows: batch, depth: units, columns: inputs, leftTransposed: false, rightTransposed: units !== 1 },
    tile,
  );
  return {
    writes: { dx: product.result },
    reads: { ...slopeBuffers(activation, product.left), kernel: product.right },
    threads: product.threads,
    workgroupSize: tile.workgroupSize,
    exchanges: product.exchanges,
    code: `
${slopeWgsl(activation, product.left)}
fn left(index: u32) -> ${product.left} { return slope(index); }
fn right(index: u32) -> ${product.right} { return kernel[index]; }
fn finish(column: u32, index: u32, sum: ${product.result}) { dx[index] = sum; }
${product.code}
fn run(i: u32) { product(i); }`,
  };
});

/** Gradients by the kernel, xᵀ · through(dy), and by the bias, its sum over the batch. */
const parameterGradient = defineTiledKernel("DuelDenseParameterGradient", workOf, (shape: DenseShape, tile) => {
  const { batch, inputs, units, activation, hasBias } = shape;
  const isRow = units === 1;
  const product = matrixProduct(parameterProduct(batch, inputs, units), tile);
  const [x, dy] = isRow ? [product.right, product.left] : [product.left, product.right];
  const biasThreads = hasBias ? units / (dy === "vec4f" ? 4 : 1) : 0;
  return {
    writes: { dKernel: product.result, ...(hasBias ? { dBias: dy } : {}) },
    reads: { x, ...slopeBuffers(activation, dy) },
    threads: product.threads + biasThreads,
    workgroupSize: tile.workgroupSize,
    exchanges: product.exchanges,
    code: `
${slopeWgsl(activation, dy)}
fn left(index: u32) -> ${product.left} { return ${isRow ? "slope(index)" : "x[index]"}; }
fn right(index: u32) -> ${product.right} { return ${isRow ? "x[index]" : "slope(index)"}; }
fn finish(column: u32, index: u32, sum: ${product.result}) { dKernel[index] = sum; }
${product.code}
${hasBias ? biasWgsl(batch, biasThreads, dy) : ""}
${runWgsl(product, hasBias)}`,
  };
});

/** A gradient with a single column lies in memory as a row does, and is computed as one. */
function parameterProduct(batch: number, inputs: number, units: number): ProductShape {
  return units === 1
    ? { rows: 1, depth: batch, columns: inputs, leftTransposed: true, rightTransposed: false }
    : { rows: inputs, depth: batch, columns: units, leftTransposed: true, rightTransposed: false };
}

/** Threads past the product's own sum the bias. */
function runWgsl({ threads }: ProductWgsl, hasBias: boolean): string {
  if (!hasBias) return "fn run(i: u32) { product(i); }";
  return `fn run(i: u32) {
  if (i < ${String(threads)}u) { product(i); } else { sumBias(i - ${String(threads)}u); }
}`;
}

/**
 * Rows of the two halves are added pairwise: where real and fake images stand in one batch and pull a bias by the same
 * amount, nothing is left, as it should be; RMSProp would make a whole step of the rounding error.
 */
function biasWgsl(batch: number, width: number, element: Element): string {
  const half = Math.floor(batch / 2);
  const last = batch % 2 === 1 ? `sum += slope(${(batch - 1) * width}u + column);` : "";
  return `
fn sumBias(column: u32) {
  var sum = ${element}(0);
  for (var row = 0u; row < ${half}u; row++) {
    sum += slope(row * ${width}u + column) + slope((row + ${half}u) * ${width}u + column);
  }
  ${last}
  dBias[column] = sum;
}`;
}

function shapeOf(x: TensorInfo, kernel: TensorInfo, attributes: DenseAttributes): DenseShape {
  const [batch = 1] = x.shape;
  const [inputs = 1, units = 1] = kernel.shape;
  return { ...attributes, batch, inputs, units };
}

/** Brings the kernel and its gradient to the WebGPU backend. */
export function registerDense(): void {
  registerKernel({
    kernelName: DENSE_KERNEL,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const [x, kernel] = [present(inputs.x, "x"), present(inputs.kernel, "the kernel")];
      const shape = shapeOf(x, kernel, attrs as unknown as DenseAttributes);
      const y = emptyTensor([shape.batch, shape.units]);
      forward.run(shape, [y, x, kernel, ...(inputs.bias === undefined ? [] : [inputs.bias])]);
      return y;
    },
  });
  registerGradientOn("webgpu", {
    kernelName: DENSE_KERNEL,
    inputsToSave: ["x", "kernel"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => denseGradient(dy as Tensor, saved, attrs as unknown as DenseAttributes),
  });
}

function denseGradient(dy: Tensor, saved: Tensor[], attributes: DenseAttributes): Record<string, () => Tensor> {
  const x = present(saved[0], "x");
  const kernel = present(saved[1], "the kernel");
  const y = present(saved[2], "y");
  const slopes = slopesOf(dy, y, attributes.activation);
  const shape = { ...shapeOf(x, kernel, attributes), activation: slopes.activation };
  const [dx] = filledOnDemand([x.shape], ([target]) => {
    inputGradient.run(shape, [present(target, "dx"), ...slopes.tensors(), kernel]);
  });
  const parameterShapes = attributes.hasBias ? [kernel.shape, [shape.units]] : [kernel.shape];
  const [dKernel, dBias] = filledOnDemand(parameterShapes, (targets) => {
    parameterGradient.run(shape, [...targets, x, ...slopes.tensors()]);
  });
  return {
    x: present(dx, "dx"),
    kernel: present(dKernel, "dKernel"),
    ...(dBias === undefined ? {} : { bias: dBias }),
  };
}
