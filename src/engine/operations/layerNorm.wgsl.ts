/** Layer normalisation on WebGPU, with its activation and its gradients. */
import { registerKernel, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { activateWgsl, float, slopeBuffers, slopeWgsl, type Element } from "../webgpu/activation.wgsl.ts";
import { webGpuInternals } from "../webgpu/internals.ts";
import { filledOnDemand } from "../webgpu/onDemand.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { isSoftwareDevice } from "../webgpu/tiles.ts";
import type { Activation } from "./activations.ts";
import { EPSILON } from "./standardize.ts";

interface LayerNormAttributes {
  readonly activation: Activation;
}

interface LayerNormParameters extends LayerNormAttributes {
  /** Everything but the features. */
  readonly rows: number;
  readonly features: number;
  /** Into how many parts the rows are split where they are summed. */
  readonly parts: number;
}

/** Threads that keep an adapter busy while it sums columns. */
const THREADS_WANTED = { software: 128, hardware: 8192 } as const;
/** Below this many rows a thread sums its column faster than another dispatch would. */
const ROWS_FOR_ONE_PART = 128;
const WORKGROUP_SIZE = 16;

const elementOf = (features: number): Element => (features % 4 === 0 ? "vec4f" : "f32");
const widthOf = (features: number): number => (features % 4 === 0 ? features / 4 : features);

function parametersOf({ shape }: TensorInfo, { activation }: LayerNormAttributes): LayerNormParameters {
  const features = present(shape.at(-1), "the feature dimension");
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const wanted = isSoftwareDevice() ? THREADS_WANTED.software : THREADS_WANTED.hardware;
  const pairs = Math.ceil(rows / 2);
  const parts = rows <= ROWS_FOR_ONE_PART ? 1 : Math.min(pairs, Math.ceil(wanted / widthOf(features)));
  return { activation, rows, features, parts };
}

/** `fn total(x)`: the sum over the lanes of an element. */
function totalWgsl(element: Element): string {
  return `fn total(x: ${element}) -> f32 { return ${element === "vec4f" ? "dot(x, vec4f(1))" : "x"}; }`;
}

/** A thread has a row. Statistics are [rows, 2]: mean and 1 / deviation. */
const normalize = defineKernel("DuelLayerNorm", ({ rows, features, activation }: LayerNormParameters) => {
  const [element, width] = [elementOf(features), widthOf(features)];
  return {
    writes: { y: element, statistics: "f32" },
    reads: { x: element, gamma: element, beta: element },
    threads: rows,
    workgroupSize: WORKGROUP_SIZE,
    // Sums are those of numbers less the first one, so that a large mean does not drown the variance.
    code: `
${activateWgsl(activation, element)}
${totalWgsl(element)}
fn run(row: u32) {
  let first = row * ${width}u;
  let shift = x[first]${element === "vec4f" ? ".x" : ""};
  var sums = ${element}(0);
  var squares = ${element}(0);
  for (var column = 0u; column < ${width}u; column++) {
    let d = x[first + column] - shift;
    sums += d;
    squares += d * d;
  }
  let distance = total(sums) / ${float(features)};
  let variance = max(total(squares) / ${float(features)} - distance * distance, 0.0);
  let mean = shift + distance;
  let inverse = 1.0 / sqrt(variance + ${float(EPSILON)});
  for (var column = 0u; column < ${width}u; column++) {
    y[first + column] = activate((x[first + column] - mean) * inverse * gamma[column] + beta[column]);
  }
  statistics[2u * row] = mean;
  statistics[2u * row + 1u] = inverse;
}`,
  };
});

/** With dz = gamma · slope: dx = (dz − (Σ dz + x̂ · Σ dz·x̂) / features) / deviation. */
const inputGradient = defineKernel("DuelLayerNormInput", ({ rows, features, activation }: LayerNormParameters) => {
  const [element, width] = [elementOf(features), widthOf(features)];
  return {
    writes: { dx: element },
    reads: { x: element, gamma: element, statistics: "f32", ...slopeBuffers(activation, element) },
    threads: rows,
    workgroupSize: WORKGROUP_SIZE,
    code: `
${slopeWgsl(activation, element)}
${totalWgsl(element)}
fn run(row: u32) {
  let first = row * ${width}u;
  let mean = statistics[2u * row];
  let inverse = statistics[2u * row + 1u];
  var sums = ${element}(0);
  var products = ${element}(0);
  for (var column = 0u; column < ${width}u; column++) {
    let dz = slope(first + column) * gamma[column];
    sums += dz;
    products += dz * (x[first + column] - mean) * inverse;
  }
  let sum = total(sums);
  let product = total(products);
  for (var column = 0u; column < ${width}u; column++) {
    let standardized = (x[first + column] - mean) * inverse;
    dx[first + column] = inverse * (slope(first + column) * gamma[column] - (sum + standardized * product) / ${float(features)});
  }
}`,
  };
});

/**
 * The gradients by gamma and beta from each part of the rows, [parts, 2, features]. Rows of the two halves are added
 * pairwise: where real and fake images stand in one batch and pull a parameter by the same amount, nothing is left, as it
 * should be; RMSProp would make a whole step of the rounding error.
 */
const parameterSums = defineKernel("DuelLayerNormParameters", (parameters: LayerNormParameters) => {
  const { rows, features, parts, activation } = parameters;
  const [element, width] = [elementOf(features), widthOf(features)];
  const half = Math.floor(rows / 2);
  const perPart = Math.ceil(half / parts);
  return {
    writes: { sums: element },
    reads: { x: element, statistics: "f32", ...slopeBuffers(activation, element) },
    threads: parts * width,
    workgroupSize: WORKGROUP_SIZE,
    code: `
${slopeWgsl(activation, element)}
struct Sums { gamma: ${element}, beta: ${element} }
fn ofRow(row: u32, column: u32) -> Sums {
  let at = row * ${width}u + column;
  let dz = slope(at);
  return Sums(dz * (x[at] - statistics[2u * row]) * statistics[2u * row + 1u], dz);
}
fn run(i: u32) {
  let column = i % ${width}u;
  let part = i / ${width}u;
  var sum = Sums();
  for (var row = part * ${perPart}u; row < min(${half}u, (part + 1u) * ${perPart}u); row++) {
    let one = ofRow(row, column);
    let other = ofRow(row + ${half}u, column);
    sum.gamma += one.gamma + other.gamma;
    sum.beta += one.beta + other.beta;
  }
  ${rows % 2 === 1 ? `if (part == 0u) { let last = ofRow(${rows - 1}u, column); sum.gamma += last.gamma; sum.beta += last.beta; }` : ""}
  sums[part * ${2 * width}u + column] = sum.gamma;
  sums[part * ${2 * width}u + ${width}u + column] = sum.beta;
}`,
  };
});

const addParts = defineKernel("DuelLayerNormParts", ({ features, parts }: LayerNormParameters) => {
  const [element, width] = [elementOf(features), widthOf(features)];
  return {
    writes: { dGamma: element, dBeta: element },
    reads: { sums: element },
    threads: 2 * width,
    workgroupSize: WORKGROUP_SIZE,
    code: `
fn run(i: u32) {
  var total = ${element}(0);
  for (var part = 0u; part < ${parts}u; part++) { total += sums[part * ${2 * width}u + i]; }
  if (i < ${width}u) { dGamma[i] = total; } else { dBeta[i - ${width}u] = total; }
}`,
  };
});

/** Brings the kernel and its gradient to the WebGPU backend. Outputs are y and the statistics. */
export function registerLayerNorm(): void {
  registerKernel({
    kernelName: "DuelLayerNorm",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const [x, gamma, beta] = [present(inputs.x, "x"), present(inputs.gamma, "gamma"), present(inputs.beta, "beta")];
      const parameters = parametersOf(x, attrs as unknown as LayerNormAttributes);
      const outputs = [emptyTensor(x.shape), emptyTensor([parameters.rows, 2])];
      normalize.run(parameters, [...outputs, x, gamma, beta]);
      return outputs;
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelLayerNorm",
    inputsToSave: ["x", "gamma"],
    outputsToSave: [true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = present((dys as Tensor[])[0], "the gradient by y");
      return layerNormGradient(dy, saved, attrs as unknown as LayerNormAttributes);
    },
  });
}

function layerNormGradient(
  dy: Tensor,
  saved: readonly Tensor[],
  attributes: LayerNormAttributes,
): Record<string, () => Tensor> {
  const [x, gamma] = [present(saved[0], "x"), present(saved[1], "gamma")];
  const [y, statistics] = [present(saved[2], "y"), present(saved[3], "the statistics")];
  const parameters = parametersOf(x, attributes);
  const slopes = attributes.activation.type === "linear" ? [dy] : [dy, y];
  const [dx] = filledOnDemand([x.shape], ([target]) => {
    inputGradient.run(parameters, [present(target, "dx"), x, gamma, statistics, ...slopes]);
  });
  const [dGamma, dBeta] = filledOnDemand([gamma.shape, gamma.shape], (targets) => {
    const sums = emptyTensor([parameters.parts, 2, parameters.features]);
    parameterSums.run(parameters, [sums, x, statistics, ...slopes]);
    addParts.run(parameters, [...targets, sums]);
    webGpuInternals().disposeData(sums.dataId);
  });
  return { x: present(dx, "dx"), gamma: present(dGamma, "dGamma"), beta: present(dBeta, "dBeta") };
}
