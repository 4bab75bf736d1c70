/** The norm of all gradients of a network on WebGPU: partial sums of squares first, then one workgroup adds them up. */
import { registerKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import { webGpuInternals } from "../webgpu/internals.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";

/** Sums that each gradient is split into. */
const PARTS = 256;
const WORKGROUP_SIZE = 64;
/** A shader has eight storage buffers at least; one takes the sums. */
const GRADIENTS_A_DISPATCH = 7;

interface SquaresParameters {
  readonly sizes: readonly number[];
  /** Which of the sums are the first gradient's, in gradients. */
  readonly first: number;
}

const squares = defineKernel("DuelSquaredGradients", ({ sizes, first }: SquaresParameters) => ({
  writes: { sums: "f32" },
  reads: Object.fromEntries(sizes.map((size, order) => [`g${order}`, size % 4 === 0 ? "vec4f" : "f32"])),
  threads: sizes.length * PARTS,
  workgroupSize: WORKGROUP_SIZE,
  code: `
${sizes.map(partWgsl).join("\n")}
fn run(i: u32) {
  let part = i % ${PARTS}u;
  var sum = 0.0;
  switch i / ${PARTS}u {
    ${sizes.map((_, order) => `case ${order}u: { sum = part${order}(part); }`).join("\n    ")}
    default: {}
  }
  sums[${first * PARTS}u + i] = sum;
}`,
}));

function partWgsl(size: number, order: number): string {
  const isVector = size % 4 === 0;
  const square = isVector ? "dot(g, g)" : "g * g";
  return `fn part${order}(part: u32) -> f32 {
  var sum = 0.0;
  for (var i = part; i < ${isVector ? size / 4 : size}u; i += ${PARTS}u) { let g = g${order}[i]; sum += ${square}; }
  return sum;
}`;
}

const norm = defineKernel("DuelGradientNorm", ({ gradients }: { readonly gradients: number }) => ({
  writes: { norm: "f32" },
  reads: { sums: "f32" },
  threads: WORKGROUP_SIZE,
  workgroupSize: WORKGROUP_SIZE,
  cooperative: true,
  code: `
var<workgroup> found: array<f32, ${WORKGROUP_SIZE}>;
fn run(i: u32) {
  var sum = 0.0;
  for (var part = i; part < ${gradients * PARTS}u; part += ${WORKGROUP_SIZE}u) { sum += sums[part]; }
  found[i] = sum;
  workgroupBarrier();
  if (i > 0u) { return; }
  var total = 0.0;
  for (var slot = 0u; slot < ${WORKGROUP_SIZE}u; slot++) { total += found[slot]; }
  norm[0] = sqrt(total);
}`,
}));

/** Brings the kernel to the WebGPU backend. Inputs are g0, g1, …; the output is a scalar. */
export function registerGradientNorm(): void {
  registerKernel({
    kernelName: "DuelGradientNorm",
    backendName: "webgpu",
    kernelFunc: ({ inputs }) => {
      const gradients = Object.values(inputs).filter((input): input is TensorInfo => input !== undefined);
      const sums = emptyTensor([gradients.length * PARTS]);
      for (let first = 0; first < gradients.length; first += GRADIENTS_A_DISPATCH) {
        const some = gradients.slice(first, first + GRADIENTS_A_DISPATCH);
        const sizes = some.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
        squares.run({ sizes, first }, [sums, ...some]);
      }
      const result = emptyTensor([]);
      norm.run({ gradients: gradients.length }, [result, sums]);
      webGpuInternals().disposeData(sums.dataId);
      return result;
    },
  });
}
