/** Batch normalisation on WebGPU, with its activation, and running statistics that change in place. */
import { registerKernel, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { present } from "../../shared/invariant.ts";
import { activateWgsl, float, slopeBuffers, slopeWgsl, type Element } from "../webgpu/activation.wgsl.ts";
import { webGpuInternals } from "../webgpu/internals.ts";
import { filledOnDemand } from "../webgpu/onDemand.ts";
import { defineKernel, emptyTensor } from "../webgpu/program.ts";
import { isSoftwareDevice } from "../webgpu/tiles.ts";
import type { Activation } from "./activations.ts";
import { MOMENTUM } from "./batchNorm.ts";
import { EPSILON } from "./standardize.ts";

interface BatchNormAttributes {
  readonly batches: number;
  readonly activation: Activation;
}

interface BatchNormParameters extends BatchNormAttributes {
  /** Rows of one batch: everything but the channels. */
  readonly rows: number;
  readonly channels: number;
  /** Into how many parts the rows of a batch are split; a single part is summed where it is used. */
  readonly parts: number;
}

/** Threads that keep an adapter busy while it sums columns. */
const THREADS_WANTED = { software: 128, hardware: 8192 } as const;
/** Below this many rows a thread sums its column faster than another dispatch would. */
const ROWS_FOR_ONE_PART = 128;
const WORKGROUP_SIZE = 16;

function parametersOf(x: TensorInfo, { batches, activation }: BatchNormAttributes): BatchNormParameters {
  const channels = present(x.shape.at(-1), "the channel dimension");
  const rows = x.shape.slice(0, -1).reduce((product, size) => product * size, 1) / batches;
  const wanted = isSoftwareDevice() ? THREADS_WANTED.software : THREADS_WANTED.hardware;
  const parts = rows <= ROWS_FOR_ONE_PART ? 1 : Math.min(rows, Math.ceil(wanted / (widthOf(channels) * batches)));
  return { batches, activation, rows, channels, parts };
}

const elementOf = (channels: number): Element => (channels % 4 === 0 ? "vec4f" : "f32");
const widthOf = (channels: number): number => (channels % 4 === 0 ? channels / 4 : channels);

/** A thread's column, part and batch, and the rows of that part. */
function placeWgsl({ rows, channels, parts }: BatchNormParameters): string {
  const width = widthOf(channels);
  const perPart = Math.ceil(rows / parts);
  return `let column = i % ${width}u;
  let part = i / ${width}u % ${parts}u;
  let batch = i / ${width * parts}u;
  let first = part * ${perPart}u;
  let last = min(first + ${perPart}u, ${rows}u);`;
}

/**
 * `struct Sums`, and `fn sumRows(batch, column, first, last)`, which adds up what `addTo(sums, batch, column, index)` does
 * for each row, and `fn sumBatch(batch, column)`: the same for a whole batch, from its parts where it has some.
 */
function sumsWgsl({ rows, channels, parts }: BatchNormParameters, addTo: string): string {
  const [element, width] = [elementOf(channels), widthOf(channels)];
  const whole =
    parts === 1
      ? `return sumRows(batch, column, 0u, ${rows}u);`
      : `var sums = Sums();
  for (var part = 0u; part < ${parts}u; part++) {
    let at = (batch * ${parts}u + part) * ${2 * width}u + column;
    sums.first += partial[at];
    sums.second += partial[at + ${width}u];
  }
  return sums;`;
  return `
struct Sums { first: ${element}, second: ${element} }
fn sumRows(batch: u32, column: u32, first: u32, last: u32) -> Sums {
  var sums = Sums();
  ${addTo}
  return sums;
}
fn sumBatch(batch: u32, column: u32) -> Sums {
  ${whole}
}`;
}

/** Sums of x and x², both less the batch's first row, so that a large mean does not drown the variance. */
function forwardSums({ rows, channels }: BatchNormParameters): string {
  const width = widthOf(channels);
  return `let shift = x[batch * ${rows * width}u + column];
  for (var row = first; row < last; row++) {
    let d = x[(batch * ${rows}u + row) * ${width}u + column] - shift;
    sums.first += d;
    sums.second += d * d;
  }`;
}

/** Sums of the gradient by the normalised x, and of its product with it. */
function backwardSums({ rows, channels }: BatchNormParameters): string {
  const width = widthOf(channels);
  return `let mean = statistics[batch * ${3 * width}u + column];
  let inverse = statistics[batch * ${3 * width}u + ${width}u + column];
  for (var row = first; row < last; row++) {
    let at = (batch * ${rows}u + row) * ${width}u + column;
    let dz = slope(at);
    sums.first += dz;
    sums.second += dz * (x[at] - mean) * inverse;
  }`;
}

/** A part's sums, for `sumBatch`. */
function storeSums(parameters: BatchNormParameters): string {
  const width = widthOf(parameters.channels);
  return `fn run(i: u32) {
  ${placeWgsl(parameters)}
  let sums = sumRows(batch, column, first, last);
  let at = (batch * ${parameters.parts}u + part) * ${2 * width}u + column;
  partial[at] = sums.first;
  partial[at + ${width}u] = sums.second;
}`;
}

const threadsOf = ({ batches, channels, parts }: BatchNormParameters): number => batches * parts * widthOf(channels);

const sumForward = defineKernel("DuelBatchNormSums", (parameters: BatchNormParameters) => {
  const element = elementOf(parameters.channels);
  return {
    writes: { partial: element },
    reads: { x: element },
    threads: threadsOf(parameters),
    workgroupSize: WORKGROUP_SIZE,
    code: `${sumsWgsl(parameters, forwardSums(parameters))}\n${storeSums(parameters)}`,
  };
});

/** Statistics are [batches, 3, channels]: mean, 1 / deviation, and gamma / deviation. */
const normalize = defineKernel("DuelBatchNorm", (parameters: BatchNormParameters) => {
  const { batches, rows, channels, parts, activation } = parameters;
  const [element, width] = [elementOf(channels), widthOf(channels)];
  const unbiased = rows / Math.max(rows - 1, 1);
  return {
    writes: { y: element, statistics: element, runningMean: element, runningVariance: element },
    reads: { x: element, gamma: element, beta: element, ...(parts === 1 ? {} : { partial: element }) },
    threads: threadsOf(parameters),
    workgroupSize: WORKGROUP_SIZE,
    code: `
${activateWgsl(activation, element)}
${sumsWgsl(parameters, forwardSums(parameters))}
struct Moments { mean: ${element}, variance: ${element} }
fn momentsOf(batch: u32, column: u32) -> Moments {
  let sums = sumBatch(batch, column);
  let distance = sums.first / ${float(rows)};
  let variance = max(sums.second / ${float(rows)} - distance * distance, ${element}(0));
  return Moments(x[batch * ${rows * width}u + column] + distance, variance);
}
fn moveRunning(column: u32) {
  for (var batch = 0u; batch < ${batches}u; batch++) {
    let moments = momentsOf(batch, column);
    runningMean[column] = runningMean[column] * ${float(MOMENTUM)} + moments.mean * ${float(1 - MOMENTUM)};
    runningVariance[column] =
      runningVariance[column] * ${float(MOMENTUM)} + moments.variance * ${float((1 - MOMENTUM) * unbiased)};
  }
}
fn run(i: u32) {
  ${placeWgsl(parameters)}
  let moments = momentsOf(batch, column);
  let inverse = 1.0 / sqrt(moments.variance + ${float(EPSILON)});
  let scale = gamma[column] * inverse;
  for (var row = first; row < last; row++) {
    let at = (batch * ${rows}u + row) * ${width}u + column;
    y[at] = activate((x[at] - moments.mean) * scale + beta[column]);
  }
  if (part > 0u) { return; }
  statistics[batch * ${3 * width}u + column] = moments.mean;
  statistics[batch * ${3 * width}u + ${width}u + column] = inverse;
  statistics[batch * ${3 * width}u + ${2 * width}u + column] = scale;
  if (batch == 0u) { moveRunning(column); }
}`,
  };
});

const sumBackward = defineKernel("DuelBatchNormGradientSums", (parameters: BatchNormParameters) => {
  const element = elementOf(parameters.channels);
  return {
    writes: { partial: element },
    reads: { x: element, statistics: element, ...slopeBuffers(parameters.activation, element) },
    threads: threadsOf(parameters),
    workgroupSize: WORKGROUP_SIZE,
    code: `${slopeWgsl(parameters.activation, element)}
${sumsWgsl(parameters, backwardSums(parameters))}
${storeSums(parameters)}`,
  };
});

/** dx = gamma / deviation · (dz − (Σ dz + x̂ · Σ dz·x̂) / rows); the sums over all batches are the other gradients. */
const gradient = defineKernel("DuelBatchNormGradient", (parameters: BatchNormParameters) => {
  const { batches, rows, channels, parts, activation } = parameters;
  const [element, width] = [elementOf(channels), widthOf(channels)];
  return {
    writes: { dx: element, dGamma: element, dBeta: element },
    reads: {
      x: element,
      statistics: element,
      ...slopeBuffers(activation, element),
      ...(parts === 1 ? {} : { partial: element }),
    },
    threads: threadsOf(parameters),
    workgroupSize: WORKGROUP_SIZE,
    code: `
${slopeWgsl(activation, element)}
${sumsWgsl(parameters, backwardSums(parameters))}
fn run(i: u32) {
  ${placeWgsl(parameters)}
  let sums = sumBatch(batch, column);
  let mean = statistics[batch * ${3 * width}u + column];
  let inverse = statistics[batch * ${3 * width}u + ${width}u + column];
  let scale = statistics[batch * ${3 * width}u + ${2 * width}u + column];
  for (var row = first; row < last; row++) {
    let at = (batch * ${rows}u + row) * ${width}u + column;
    let standardized = (x[at] - mean) * inverse;
    dx[at] = scale * (slope(at) - (sums.first + standardized * sums.second) / ${float(rows)});
  }
  if (part > 0u || batch > 0u) { return; }
  var total = sums;
  for (var other = 1u; other < ${batches}u; other++) {
    let more = sumBatch(other, column);
    total.first += more.first;
    total.second += more.second;
  }
  dBeta[column] = total.first;
  dGamma[column] = total.second;
}`,
  };
});

/** Sums in parts where there are several, for the time of `use`. */
function withPartialSums(
  parameters: BatchNormParameters,
  sum: (partial: TensorInfo) => void,
  use: (partial: readonly TensorInfo[]) => void,
): void {
  if (parameters.parts === 1) {
    use([]);
    return;
  }
  const partial = emptyTensor([parameters.batches, parameters.parts, 2, parameters.channels]);
  sum(partial);
  use([partial]);
  webGpuInternals().disposeData(partial.dataId);
}

/** Brings the kernel and its gradient to the WebGPU backend. Outputs are y and the statistics. */
export function registerBatchNorm(): void {
  registerKernel({
    kernelName: "DuelBatchNorm",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => {
      const names = ["x", "gamma", "beta", "mean", "variance"] as const;
      const [x, gamma, beta, mean, variance] = names.map((name) => present(inputs[name], name)) as [
        TensorInfo,
        TensorInfo,
        TensorInfo,
        TensorInfo,
        TensorInfo,
      ];
      const parameters = parametersOf(x, attrs as unknown as BatchNormAttributes);
      const y = emptyTensor(x.shape);
      const statistics = emptyTensor([parameters.batches, 3, parameters.channels]);
      withPartialSums(
        parameters,
        (partial) => {
          sumForward.run(parameters, [partial, x]);
        },
        (partial) => {
          normalize.run(parameters, [y, statistics, mean, variance, x, gamma, beta, ...partial]);
        },
      );
      return [y, statistics];
    },
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelBatchNorm",
    inputsToSave: ["x", "gamma"],
    outputsToSave: [true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = present((dys as Tensor[])[0], "the gradient by y");
      return batchNormGradient(dy, saved, attrs as unknown as BatchNormAttributes);
    },
  });
}

function batchNormGradient(
  dy: Tensor,
  saved: readonly Tensor[],
  attributes: BatchNormAttributes,
): Record<string, () => Tensor> {
  const [x, gamma] = [present(saved[0], "x"), present(saved[1], "gamma")];
  const [y, statistics] = [present(saved[2], "y"), present(saved[3], "the statistics")];
  const parameters = parametersOf(x, attributes);
  const slopes = attributes.activation.type === "linear" ? [dy] : [dy, y];
  const [dx, dGamma, dBeta] = filledOnDemand([x.shape, gamma.shape, gamma.shape], (targets) => {
    withPartialSums(
      parameters,
      (partial) => {
        sumBackward.run(parameters, [partial, x, statistics, ...slopes]);
      },
      (partial) => {
        gradient.run(parameters, [...targets, x, statistics, ...slopes, ...partial]);
      },
    );
  });
  return { x: present(dx, "dx"), gamma: present(dGamma, "dGamma"), beta: present(dBeta, "dBeta") };
}
