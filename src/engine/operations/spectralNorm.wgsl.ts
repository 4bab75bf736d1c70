/** Spectral normalisation on WebGPU: power iteration in place, the division, and its gradient. */
import { registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { webGpuInternals } from "../webgpu/internals.ts";
import { filledOnDemand } from "../webgpu/onDemand.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { SHORTEST, type KernelMatrix } from "./spectralNorm.ts";

/** One workgroup does what needs sums over the whole kernel: kernels are small enough, and dispatches dear. */
const GROUP = 256;
const WORKGROUP_SIZE = 64;

const sizeOf = ({ outer, outputs, inner }: KernelMatrix): number => outer * outputs * inner;

/** `fn total(i, value)`: the sum of what all threads of the group bring. */
const TOTAL_WGSL = `
var<workgroup> brought: array<f32, ${GROUP}>;
fn total(i: u32, value: f32) -> f32 {
  brought[i] = value;
  workgroupBarrier();
  var sum = 0.0;
  for (var slot = 0u; slot < ${GROUP}u; slot++) { sum += brought[slot]; }
  workgroupBarrier();
  return sum;
}`;

/** Where in the kernel the output and the other place of a number are. */
function placeWgsl({ outputs, inner }: KernelMatrix): string {
  return `fn outputOf(at: u32) -> u32 { return at / ${inner}u % ${outputs}u; }
fn otherOf(at: u32) -> u32 { return at / ${inner * outputs}u * ${inner}u + at % ${inner}u; }`;
}

/** Stretches a vector that the group has filled to length one, in place. */
function stretchWgsl(name: "u" | "v", length: number): string {
  return `storageBarrier();
  var squares${name} = 0.0;
  for (var at = i; at < ${length}u; at += ${GROUP}u) { squares${name} += ${name}[at] * ${name}[at]; }
  let length${name} = max(sqrt(total(i, squares${name})), ${SHORTEST});
  for (var at = i; at < ${length}u; at += ${GROUP}u) { ${name}[at] /= length${name}; }
  storageBarrier();`;
}

const iterate = defineKernel("DuelPowerIteration", ({ outer, outputs, inner }: KernelMatrix) => ({
  writes: { u: "f32", v: "f32" },
  reads: { kernel: "f32" },
  threads: GROUP,
  workgroupSize: GROUP,
  cooperative: true,
  code: `${TOTAL_WGSL}
fn run(i: u32) {
  for (var other = i; other < ${outer * inner}u; other += ${GROUP}u) {
    let first = other / ${inner}u * ${outputs * inner}u + other % ${inner}u;
    var sum = 0.0;
    for (var output = 0u; output < ${outputs}u; output++) { sum += kernel[first + output * ${inner}u] * u[output]; }
    v[other] = sum;
  }
  ${stretchWgsl("v", outer * inner)}
  for (var output = i; output < ${outputs}u; output += ${GROUP}u) {
    var sum = 0.0;
    for (var other = 0u; other < ${outer * inner}u; other++) {
      sum += kernel[other / ${inner}u * ${outputs * inner}u + output * ${inner}u + other % ${inner}u] * v[other];
    }
    u[output] = sum;
  }
  ${stretchWgsl("u", outputs)}
}`,
}));

/** σ = uᵀWv, as a tensor of one number. */
const singularValue = defineKernel("DuelSingularValue", (matrix: KernelMatrix) => ({
  writes: { sigma: "f32" },
  reads: { kernel: "f32", u: "f32", v: "f32" },
  threads: GROUP,
  workgroupSize: GROUP,
  cooperative: true,
  code: `${TOTAL_WGSL}${placeWgsl(matrix)}
fn run(i: u32) {
  var sum = 0.0;
  for (var at = i; at < ${sizeOf(matrix)}u; at += ${GROUP}u) { sum += kernel[at] * u[outputOf(at)] * v[otherOf(at)]; }
  let whole = total(i, sum);
  if (i == 0u) { sigma[0] = whole; }
}`,
}));

const divide = defineKernel("DuelSpectralNorm", ({ size }: { readonly size: number }) => ({
  writes: { y: "f32" },
  reads: { kernel: "f32", sigma: "f32" },
  threads: size,
  workgroupSize: WORKGROUP_SIZE,
  code: `fn run(i: u32) { y[i] = kernel[i] / sigma[0]; }`,
}));

/** Σ dy · y: how much the gradient by the normalised kernel pulls along the kernel itself. */
const alongItself = defineKernel("DuelSpectralNormSlope", ({ size }: { readonly size: number }) => ({
  writes: { slope: "f32" },
  reads: { dy: "f32", y: "f32" },
  threads: GROUP,
  workgroupSize: GROUP,
  cooperative: true,
  code: `${TOTAL_WGSL}
fn run(i: u32) {
  var sum = 0.0;
  for (var at = i; at < ${size}u; at += ${GROUP}u) { sum += dy[at] * y[at]; }
  let whole = total(i, sum);
  if (i == 0u) { slope[0] = whole; }
}`,
}));

/** The gradient by the kernel: (dy − (Σ dy · y) · uvᵀ) / σ (Miyato et al. 2018, equation 12). */
const gradient = defineKernel("DuelSpectralNormGradient", (matrix: KernelMatrix) => ({
  writes: { dKernel: "f32" },
  reads: { dy: "f32", u: "f32", v: "f32", sigma: "f32", slope: "f32" },
  threads: sizeOf(matrix),
  workgroupSize: WORKGROUP_SIZE,
  code: `${placeWgsl(matrix)}
fn run(i: u32) { dKernel[i] = (dy[i] - slope[0] * u[outputOf(i)] * v[otherOf(i)]) / sigma[0]; }`,
}));

function matrixOf(attributes: unknown): KernelMatrix {
  const { outer, outputs, inner } = attributes as KernelMatrix;
  return { outer, outputs, inner };
}

/** Brings both kernels and the gradient to the WebGPU backend. Outputs of the norm are the kernel divided, and σ. */
export function registerSpectralNorm(): void {
  registerKernel({
    kernelName: "DuelPowerIteration",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const [kernel, u, v] = [present(inputs.kernel, "the kernel"), present(inputs.u, "u"), present(inputs.v, "v")];
      iterate.run(matrixOf(attrs), [u, v, kernel]);
      return [];
    },
  });
  registerKernel({
    kernelName: "DuelSpectralNorm",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const [kernel, u, v] = [present(inputs.kernel, "the kernel"), present(inputs.u, "u"), present(inputs.v, "v")];
      const matrix = matrixOf(attrs);
      const [y, sigma] = [emptyTensor(kernel.shape), emptyTensor([])];
      singularValue.run(matrix, [sigma, kernel, u, v]);
      divide.run({ size: sizeOf(matrix) }, [y, kernel, sigma]);
      return [y, sigma];
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelSpectralNorm",
    inputsToSave: ["u", "v"],
    outputsToSave: [true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = present((dys as Tensor[])[0], "the gradient by the normalised kernel");
      return spectralNormGradient(dy, saved, matrixOf(attrs));
    },
  });
}

function spectralNormGradient(
  dy: Tensor,
  saved: readonly Tensor[],
  matrix: KernelMatrix,
): Record<string, () => Tensor> {
  const [u, v, y, sigma] = saved as readonly [Tensor, Tensor, Tensor, Tensor];
  const [dKernel] = filledOnDemand([y.shape], ([target]) => {
    const slope = emptyTensor([]);
    alongItself.run({ size: sizeOf(matrix) }, [slope, dy, y]);
    gradient.run(matrix, [present(target, "dKernel"), dy, u, v, sigma, slope]);
    webGpuInternals().disposeData(slope.dataId);
  });
  return { kernel: present(dKernel, "dKernel") };
}
