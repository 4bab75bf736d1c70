import { dispose, memory, ones, tidy, variable, zeros, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { present } from "../../../shared/invariant.ts";
import { batchNorm, type RunningStatistics } from "../../operations/batchNorm.ts";
import { instanceNorm } from "../../operations/instanceNorm.ts";
import { startSimd } from "../index.ts";
import { ACTIVATIONS, expectClose, numbers, ODD_SIZES, tensorOf, valueAndGradients } from "../testing.ts";

// Some tens of roundings of 6e-8, enlarged by a mean of several deviations.
const TOLERANCE = 1e-5;

type Rule = (typeof ACTIVATIONS)[number];

/** Numbers whose mean is far from 0, which must not cost the variance its digits. */
function shifted(size: number): Float32Array<ArrayBuffer> {
  return numbers([size], 1).map((value) => value + 5);
}

/** y, dx, dGamma, dBeta, running mean and variance, channel by channel. */
function reference(rows: number, channels: number, batches: number, rule: Rule): readonly Float64Array[] {
  const size = batches * rows * channels;
  const [x, dy] = [shifted(size), numbers([size], 4)];
  const [gammas, betas] = [numbers([channels], 2), numbers([channels], 3)];
  const [y, dx] = [new Float64Array(size), new Float64Array(size)];
  const [dGamma, dBeta, mean, variance] = Array.from({ length: 4 }, () => new Float64Array(channels));
  variance?.fill(1);
  for (let channel = 0; channel < channels; channel++) {
    const [gamma, beta] = [gammas[channel] ?? NaN, betas[channel] ?? NaN];
    for (let batch = 0; batch < batches; batch++) {
      const places = Array.from({ length: rows }, (_, row) => (batch * rows + row) * channels + channel);
      const total = (of: (place: number) => number) => places.reduce((sum, place) => sum + of(place), 0);
      const at = (place: number) => x[place] ?? NaN;
      const m = total(at) / rows;
      const v = total((place) => (at(place) - m) ** 2) / rows;
      const inverse = 1 / Math.sqrt(v + 1e-5);
      const normal = (place: number) => (at(place) - m) * inverse;
      const dz = (place: number) => (dy[place] ?? NaN) * rule.slope(normal(place) * gamma + beta);
      const first = total(dz);
      const second = total((place) => dz(place) * normal(place));
      for (const place of places) {
        y[place] = rule.value(normal(place) * gamma + beta);
        dx[place] = gamma * inverse * (dz(place) - (first + normal(place) * second) / rows);
      }
      const add = (sums: Float64Array | undefined, keep: number, term: number) => {
        if (sums !== undefined) sums[channel] = keep * (sums[channel] ?? NaN) + term;
      };
      add(dGamma, 1, second);
      add(dBeta, 1, first);
      add(mean, 0.9, 0.1 * m);
      add(variance, 0.9, (0.1 * v * rows) / Math.max(rows - 1, 1));
    }
  }
  return [y, dx, dGamma, dBeta, mean, variance].map((values) => present(values, "a result"));
}

function runningStatistics(channels: number): RunningStatistics {
  return tidy(() => ({ mean: variable(zeros([channels]), false), variance: variable(ones([channels]), false) }));
}

function check(shape: readonly number[], batches: number, rule: Rule): void {
  const before = memory().numTensors;
  const channels = shape.at(-1) ?? 1;
  const size = shape.reduce((product, dimension) => product * dimension, 1) * batches;
  const full = [(shape[0] ?? 1) * batches, ...shape.slice(1)];
  const [forValue, forGradients] = [runningStatistics(channels), runningStatistics(channels)];
  const parameters = [tensorOf(shifted(size), full)];
  parameters.push(tensorOf(numbers([channels], 2), [channels]), tensorOf(numbers([channels], 3), [channels]));
  const dy = tensorOf(numbers([size], 4), full);
  let calls = 0;
  const layer = (x: Tensor, gamma: Tensor, beta?: Tensor) => {
    const running = calls++ === 0 ? forValue : forGradients;
    return batchNorm(x, gamma, present(beta, "beta"), running, batches, rule.activation);
  };
  const results = valueAndGradients(layer, parameters, dy);
  const expected = reference(size / channels / batches, channels, batches, rule);
  const all = [...results, forValue.mean, forValue.variance];
  expect(all.length).toBe(expected.length);
  for (const [index, result] of all.entries()) expectClose(result, expected[index] ?? [], TOLERANCE);
  dispose([...parameters, dy, forGradients.mean, forGradients.variance]);
  expect(memory().numTensors).toBe(before);
}

describe("batch normalisation and its gradients agree with float64", () => {
  beforeAll(async () => {
    await startSimd();
  });

  // A single row has no variance, and its inverse deviation would enlarge every rounding by 300.
  test.for(ODD_SIZES.filter((rows) => rows > 1))("%i rows", (rows) => {
    for (const [index, channels] of ODD_SIZES.entries()) {
      check([rows, channels], 1 + (index % 2), present(ACTIVATIONS[index % ACTIVATIONS.length], "an activation"));
    }
  });

  test.for(ACTIVATIONS)("two batches of images, $activation.type", (rule) => {
    check([7, 9, 11, 3], 2, rule);
  });
});

describe("instance normalisation and its gradients agree with float64", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(ACTIVATIONS)("$activation.type", (rule) => {
    for (const channels of ODD_SIZES) {
      const before = memory().numTensors;
      const shape = [3, 5, 4, channels];
      const [x, dy] = [tensorOf(shifted(60 * channels), shape), tensorOf(numbers([60 * channels], 4), shape)];
      const parameters = [tensorOf(numbers([channels], 2), [channels]), tensorOf(numbers([channels], 3), [channels])];
      const layer = (images: Tensor, gamma: Tensor, beta?: Tensor) =>
        instanceNorm(images, gamma, present(beta, "beta"), rule.activation);
      const expected = reference(20, channels, 3, rule);
      for (const [index, result] of valueAndGradients(layer, [x, ...parameters], dy).entries()) {
        expectClose(result, expected[index] ?? [], TOLERANCE);
      }
      dispose([x, dy, ...parameters]);
      expect(memory().numTensors).toBe(before);
    }
  });
});
