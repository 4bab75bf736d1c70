/** Batch normalisation (Ioffe and Szegedy 2015) over every axis but the last, and its portable twin. */
import {
  add,
  concat,
  mul,
  reshape,
  rsqrt,
  split as tfSplit,
  sub,
  type Tensor,
  type Tensor2D,
  type Variable,
} from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { severalFused } from "../kernels.ts";
import { activate, type Activation } from "./activations.ts";
import { blend } from "./blend.ts";
import { EPSILON, standardize } from "./standardize.ts";

/** How much of the running statistics stays at each update. */
export const MOMENTUM = 0.9;

/** Per channel, [channels] each; they change in place. */
export interface RunningStatistics {
  readonly mean: Variable;
  readonly variance: Variable;
}

/**
 * [batch, …, channels] → the same shape, while training: normalises by the batch's own mean and biased variance, and moves
 * the running statistics a tenth of the way to the batch's mean and unbiased variance. The input may hold several batches
 * of one size, one after the other; each is normalised by itself.
 */
export function batchNorm(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  running: RunningStatistics,
  batches: number,
  activation: Activation,
): Tensor {
  const { mean, variance } = running;
  const [output] = severalFused("DuelBatchNorm", { x, gamma, beta, mean, variance }, { batches, activation }) ?? [];
  if (output !== undefined) return output;
  const normalized = split(x, batches).map((batch) => normalizeBatch(batch, running));
  const standardized = normalized.length === 1 ? present(normalized[0], "the batch") : concat(normalized, 0);
  return activate(add(mul(standardized, gamma), beta), activation);
}

/** The same while not training: by the running statistics. */
export function normalizeByRunning(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  running: RunningStatistics,
  activation: Activation,
): Tensor {
  const standardized = mul(sub(x, running.mean), rsqrt(add(running.variance, EPSILON)));
  return activate(add(mul(standardized, gamma), beta), activation);
}

function split(x: Tensor, batches: number): readonly Tensor[] {
  return batches === 1 ? [x] : tfSplit(x, batches, 0);
}

function normalizeBatch(x: Tensor, running: RunningStatistics): Tensor {
  const channels = present(x.shape.at(-1), "the channel dimension");
  const count = x.size / channels;
  const rows: Tensor2D = reshape(x, [count, channels]);
  const standardized = standardize(rows, 0, (mean, variance) => {
    moveRunning(running, mean, variance, count);
  });
  return reshape(standardized, x.shape);
}

function moveRunning(running: RunningStatistics, mean: Tensor, variance: Tensor, count: number): void {
  const unbiased = count / Math.max(count - 1, 1);
  blend(running.mean, mean, MOMENTUM, 1 - MOMENTUM);
  blend(running.variance, variance, MOMENTUM, (1 - MOMENTUM) * unbiased);
}
