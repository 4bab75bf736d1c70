import {
  dispose,
  env,
  grads,
  memory,
  setBackend,
  tensor,
  tensor1d,
  tidy,
  variable,
  type Tensor,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { present } from "../../shared/invariant.ts";
import { uniform } from "../../shared/random.ts";
import type { Activation } from "./activations.ts";
import { batchNorm, type RunningStatistics } from "./batchNorm.ts";
import { registerBatchNorm } from "./batchNorm.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerBatchNorm();
});

/** shape of one batch, batches, activation. */
const CASES: readonly (readonly [shape: readonly number[], batches: number, activation: Activation])[] = [
  [[1, 3], 1, { type: "linear" }],
  [[3, 7], 2, { type: "reLU" }],
  [[7, 32], 1, { type: "leakyReLU", alpha: 0.2 }],
  [[33, 65], 2, { type: "tanh" }],
  [[31, 5, 1, 3], 2, { type: "leakyReLU", alpha: 0.2 }],
  [[65, 7, 3, 8], 2, { type: "linear" }],
  [[33, 3, 3, 4], 1, { type: "reLU" }],
  [[7, 1], 2, { type: "tanh" }],
  [[65, 33], 1, { type: "linear" }],
];

const at = (values: ArrayLike<number> | undefined, index: number) => values?.[index] ?? NaN;

function activate(activation: Activation, x: number): { readonly value: number; readonly slope: number } {
  if (activation.type === "tanh") return { value: Math.tanh(x), slope: 1 - Math.tanh(x) ** 2 };
  if (x > 0 || activation.type === "linear") return { value: x, slope: 1 };
  const alpha = activation.type === "leakyReLU" ? activation.alpha : 0;
  return { value: alpha * x, slope: alpha };
}

/** y, dx, dGamma, dBeta and the running statistics in float64, channel by channel. */
function reference(
  [x, gamma, beta, dy]: readonly Float32Array[],
  rows: number,
  channels: number,
  batches: number,
  activation: Activation,
): readonly Float64Array[] {
  const [y, dx] = [x, x].map((values) => new Float64Array(values?.length ?? 0)) as [Float64Array, Float64Array];
  const small = Array.from({ length: 4 }, () => new Float64Array(channels));
  const [dGamma, dBeta, mean, variance] = small as [Float64Array, Float64Array, Float64Array, Float64Array];
  variance.fill(1);
  for (let channel = 0; channel < channels; channel++) {
    for (let batch = 0; batch < batches; batch++) {
      const places = Array.from({ length: rows }, (_, row) => (batch * rows + row) * channels + channel);
      const sum = (of: (place: number) => number) => places.reduce((total, place) => total + of(place), 0);
      const m = sum((place) => at(x, place)) / rows;
      const v = sum((place) => (at(x, place) - m) ** 2) / rows;
      const inverse = 1 / Math.sqrt(v + 1e-5);
      const standardized = (place: number) => (at(x, place) - m) * inverse;
      const before = (place: number) => standardized(place) * at(gamma, channel) + at(beta, channel);
      const dz = (place: number) => at(dy, place) * activate(activation, before(place)).slope;
      const [first, second] = [sum(dz), sum((place) => dz(place) * standardized(place))];
      for (const place of places) {
        y[place] = activate(activation, before(place)).value;
        dx[place] = at(gamma, channel) * inverse * (dz(place) - (first + standardized(place) * second) / rows);
      }
      dBeta[channel] = at(dBeta, channel) + first;
      dGamma[channel] = at(dGamma, channel) + second;
      mean[channel] = 0.9 * at(mean, channel) + 0.1 * m;
      variance[channel] = 0.9 * at(variance, channel) + (0.1 * v * rows) / Math.max(rows - 1, 1);
    }
  }
  return [y, dx, dGamma, dBeta, mean, variance];
}

type Layer = (x: Tensor, gamma: Tensor, beta: Tensor) => Tensor;

function gradientsOf(layer: Layer, inputs: Tensor[], dy: Tensor): Tensor[] {
  // The gradients of functions are typed as if all their inputs came in one list.
  return grads(layer)(inputs, dy);
}

function runningStatistics(channels: number): RunningStatistics {
  const filled = (value: number) => tidy(() => variable(tensor1d(new Float32Array(channels).fill(value)), false));
  return { mean: filled(0), variance: filled(1) };
}

test.for(CASES)(
  "batches of %o, %d at once, are normalised as the definition says",
  async ([shape, batches, activation]) => {
    const tensorsBefore = memory().numTensors;
    const channels = shape.at(-1) ?? 1;
    const size = shape.reduce((product, dimension) => product * dimension, 1);
    const full = [(shape[0] ?? 1) * batches, ...shape.slice(1)];
    const data = [size * batches, channels, channels, size * batches].map((count, draw) =>
      // A mean far from 0, which must not cost the variance its digits.
      uniform({ seed: 5, stream: "samples", draw }, count).map((value) => 2 * value - 1 + (draw === 0 ? 3 : 0)),
    );
    const [running, unused] = [runningStatistics(channels), runningStatistics(channels)];
    const results = tidy(() => {
      const [x, gamma, beta, dy] = data.map((values, index) => tensor(values, index % 3 === 0 ? full : [channels])) as [
        Tensor,
        Tensor,
        Tensor,
        Tensor,
      ];
      const layer = (statistics: RunningStatistics) => (first: Tensor, second: Tensor, third: Tensor) =>
        batchNorm(first, second, third, statistics, batches, activation);
      return [layer(unused)(x, gamma, beta), ...gradientsOf(layer(running), [x, gamma, beta], dy)];
    });
    const expected = reference(data, size / channels, channels, batches, activation);
    for (const [index, theirs] of expected.entries()) {
      const result = present([...results, running.mean, running.variance][index], "a result");
      const actual = await result.data<"float32">();
      expect(actual.length).toBe(theirs.length);
      const distance = Math.hypot(...[...theirs].map((value, place) => value - at(actual, place)));
      // Some tens of roundings of 6e-8, enlarged by the mean, which is ten times the deviation.
      expect(distance / Math.max(Math.hypot(...theirs), 1e-2), `output ${index}`).toBeLessThan(1e-5);
    }
    for (const result of results) result.dispose();
    for (const { mean, variance } of [running, unused]) dispose([mean, variance]);
    expect(memory().numTensors).toBe(tensorsBefore);
  },
);
