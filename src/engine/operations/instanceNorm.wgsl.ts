/** Instance normalisation on WebGPU, with its activation and its gradients. */
import { registerKernel, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { activateWgsl, float, throughWgsl, type Element } from "../webgpu/activation.wgsl.ts";
import { webGpuInternals } from "../webgpu/internals.ts";
import { filledOnDemand } from "../webgpu/onDemand.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import type { Activation } from "./activations.ts";
import { EPSILON } from "./standardize.ts";

interface InstanceNormAttributes {
  readonly activation: Activation;
}

interface InstanceNormParameters extends InstanceNormAttributes {
  readonly batch: number;
  /** Places of one item: everything but the channels. */
  readonly rows: number;
  readonly channels: number;
}

const WORKGROUP_SIZE = 16;

function parametersOf({ shape }: TensorInfo, { activation }: InstanceNormAttributes): InstanceNormParameters {
  const channels = present(shape.at(-1), "the channel dimension");
  const rows = shape.slice(1, -1).reduce((product, size) => product * size, 1);
  return { activation, batch: present(shape[0], "the batch dimension"), rows, channels };
}

const elementOf = (channels: number): Element => (channels % 4 === 0 ? "vec4f" : "f32");
const widthOf = (channels: number): number => (channels % 4 === 0 ? channels / 4 : channels);

/** A thread has one column of one item: `first` is the place of its first number, and of its statistics. */
function placeWgsl({ rows, channels }: InstanceNormParameters): string {
  const width = widthOf(channels);
  return `let column = i % ${width}u;
  let item = i / ${width}u;
  let first = item * ${rows * width}u + column;
  let statistic = item * ${2 * width}u + column;`;
}

/** Statistics are [batch, 2, channels]: mean and 1 / deviation. */
const normalize = defineKernel("DuelInstanceNorm", (parameters: InstanceNormParameters) => {
  const { batch, rows, channels, activation } = parameters;
  const [element, width] = [elementOf(channels), widthOf(channels)];
  return {
    writes: { y: element, statistics: element },
    reads: { x: element, gamma: element, beta: element },
    threads: batch * width,
    workgroupSize: WORKGROUP_SIZE,
    // Sums are those of numbers less the first one, so that a large mean does not drown the variance.
    code: `
${activateWgsl(activation, element)}
fn run(i: u32) {
  ${placeWgsl(parameters)}
  let shift = x[first];
  var sum = ${element}(0);
  var squares = ${element}(0);
  for (var row = 0u; row < ${rows}u; row++) {
    let d = x[first + row * ${width}u] - shift;
    sum += d;
    squares += d * d;
  }
  let distance = sum / ${float(rows)};
  let variance = max(squares / ${float(rows)} - distance * distance, ${element}(0));
  let mean = shift + distance;
  let inverse = 1.0 / sqrt(variance + ${float(EPSILON)});
  for (var row = 0u; row < ${rows}u; row++) {
    let at = first + row * ${width}u;
    y[at] = activate((x[at] - mean) * inverse * gamma[column] + beta[column]);
  }
  statistics[statistic] = mean;
  statistics[statistic + ${width}u] = inverse;
}`,
  };
});

/** dx = gamma / deviation · (dz − (Σ dz + x̂ · Σ dz·x̂) / rows), and both sums, [batch, 2, channels]. */
const inputGradient = defineKernel("DuelInstanceNormGradient", (parameters: InstanceNormParameters) => {
  const { batch, rows, channels, activation } = parameters;
  const [element, width] = [elementOf(channels), widthOf(channels)];
  const isLinear = activation.type === "linear";
  return {
    writes: { dx: element, sums: element },
    reads: { x: element, gamma: element, statistics: element, dy: element, ...(isLinear ? {} : { y: element }) },
    threads: batch * width,
    workgroupSize: WORKGROUP_SIZE,
    code: `
${throughWgsl(activation, element)}
fn slope(at: u32) -> ${element} { return ${isLinear ? "dy[at]" : "through(dy[at], y[at])"}; }
fn run(i: u32) {
  ${placeWgsl(parameters)}
  let mean = statistics[statistic];
  let inverse = statistics[statistic + ${width}u];
  var sum = ${element}(0);
  var products = ${element}(0);
  for (var row = 0u; row < ${rows}u; row++) {
    let at = first + row * ${width}u;
    let dz = slope(at);
    sum += dz;
    products += dz * (x[at] - mean) * inverse;
  }
  let scale = gamma[column] * inverse;
  for (var row = 0u; row < ${rows}u; row++) {
    let at = first + row * ${width}u;
    dx[at] = scale * (slope(at) - (sum + (x[at] - mean) * inverse * products) / ${float(rows)});
  }
  sums[statistic] = sum;
  sums[statistic + ${width}u] = products;
}`,
  };
});

/**
 * The sums over all items are the gradients by beta and gamma. Items of the two halves are added pairwise: where real and
 * fake images stand in one batch and pull a parameter by the same amount, nothing is left, as it should be.
 */
const parameterGradient = defineKernel("DuelInstanceNormParameters", ({ batch, channels }: InstanceNormParameters) => {
  const [element, width] = [elementOf(channels), widthOf(channels)];
  const half = Math.floor(batch / 2);
  return {
    writes: { dGamma: element, dBeta: element },
    reads: { sums: element },
    threads: 2 * width,
    workgroupSize: WORKGROUP_SIZE,
    code: `
fn run(i: u32) {
  var total = ${element}(0);
  for (var item = 0u; item < ${half}u; item++) {
    total += sums[item * ${2 * width}u + i] + sums[(item + ${half}u) * ${2 * width}u + i];
  }
  ${batch % 2 === 1 ? `total += sums[${(batch - 1) * 2 * width}u + i];` : ""}
  if (i < ${width}u) { dBeta[i] = total; } else { dGamma[i - ${width}u] = total; }
}`,
  };
});

/** Brings the kernel and its gradient to the WebGPU backend. Outputs are y and the statistics. */
export function registerInstanceNorm(): void {
  registerKernel({
    kernelName: "DuelInstanceNorm",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const [x, gamma, beta] = [present(inputs.x, "x"), present(inputs.gamma, "gamma"), present(inputs.beta, "beta")];
      const parameters = parametersOf(x, attrs as unknown as InstanceNormAttributes);
      const outputs = [emptyTensor(x.shape), emptyTensor([parameters.batch, 2, parameters.channels])];
      normalize.run(parameters, [...outputs, x, gamma, beta]);
      return outputs;
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelInstanceNorm",
    inputsToSave: ["x", "gamma"],
    outputsToSave: [true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = present((dys as Tensor[])[0], "the gradient by y");
      return instanceNormGradient(dy, saved, attrs as unknown as InstanceNormAttributes);
    },
  });
}

function instanceNormGradient(
  dy: Tensor,
  saved: readonly Tensor[],
  attributes: InstanceNormAttributes,
): Record<string, () => Tensor> {
  const [x, gamma] = [present(saved[0], "x"), present(saved[1], "gamma")];
  const [y, statistics] = [present(saved[2], "y"), present(saved[3], "the statistics")];
  const parameters = parametersOf(x, attributes);
  const slopes = attributes.activation.type === "linear" ? [dy] : [dy, y];
  const [dx, dGamma, dBeta] = filledOnDemand([x.shape, gamma.shape, gamma.shape], ([toX, ...toParameters]) => {
    const sums = emptyTensor([parameters.batch, 2, parameters.channels]);
    inputGradient.run(parameters, [present(toX, "dx"), sums, x, gamma, statistics, ...slopes]);
    parameterGradient.run(parameters, [...toParameters, sums]);
    webGpuInternals().disposeData(sums.dataId);
  });
  return { x: present(dx, "dx"), gamma: present(dGamma, "dGamma"), beta: present(dBeta, "dBeta") };
}
