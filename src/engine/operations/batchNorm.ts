/** Batch normalisation (Ioffe and Szegedy 2015) over every axis but the last, and its portable twin. */
import { add, mul, reshape, rsqrt, sub, tidy, type Tensor, type Tensor2D, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { activate, type Activation } from "./activations.ts";
import { EPSILON, standardize } from "./standardize.ts";

/** How much of the running statistics stays at each update. */
const MOMENTUM = 0.9;

/** Per channel, [channels] each; they change in place. */
export interface RunningStatistics {
  readonly mean: Variable;
  readonly variance: Variable;
}

/**
 * [batch, …, channels] → the same shape. While training it normalises by the batch's own mean and biased variance, and
 * moves the running statistics a tenth of the way to the batch's mean and unbiased variance; otherwise it normalises by
 * the running statistics.
 */
export function batchNorm(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  running: RunningStatistics,
  training: boolean,
  activation: Activation,
): Tensor {
  const channels = present(x.shape.at(-1), "the channel dimension");
  const count = x.size / channels;
  const rows: Tensor2D = reshape(x, [count, channels]);
  const standardized = training
    ? standardize(rows, 0, (mean, variance) => {
        moveRunning(running, mean, variance, count);
      })
    : mul(sub(rows, running.mean), rsqrt(add(running.variance, EPSILON)));
  return activate(reshape(add(mul(standardized, gamma), beta), x.shape), activation);
}

function moveRunning(running: RunningStatistics, mean: Tensor, variance: Tensor, count: number): void {
  const unbiased = count / Math.max(count - 1, 1);
  tidy(() => {
    move(running.mean, mean, 1 - MOMENTUM);
    move(running.variance, variance, (1 - MOMENTUM) * unbiased);
  });
}

/** running ← 0.9 · running + weight · batch. */
function move(running: Variable, batch: Tensor, weight: number): void {
  running.assign(add(mul(running, MOMENTUM), reshape(mul(batch, weight), running.shape)));
}
