/**
 * Batch normalisation with its activation, running statistics that change in place, and its gradients; and instance
 * normalisation, which is the same with every item a batch of its own and no running statistics.
 */
import { util, type NamedAttrMap, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import type { Activation } from "../../operations/activations.ts";
import { MOMENTUM } from "../../operations/batchNorm.ts";
import { EPSILON } from "../../operations/standardize.ts";
import { runningSimd, type SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { activationWords } from "./epilogue.ts";
import { asTensor, input, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

interface BatchNormAttributes {
  /** Batches that follow each other in the input, each normalised by itself. */
  readonly batches: number;
  readonly activation: Activation;
}

/** How x is read, and into which blocks its rows are split. */
interface Rows {
  readonly batches: number;
  /** Rows of one batch. */
  readonly rows: number;
  readonly channels: number;
  readonly perBlock: number;
  readonly blocks: number;
}

/** Numbers and rows summed one after the other. By shape alone, so that the result does not depend on the number of threads. */
const BLOCK_NUMBERS = 16_384;
const MOST_ROWS = 256;
const FEWEST_ROWS = 16;

function rowsOf(x: TensorInfo, { batches }: BatchNormAttributes): Rows {
  const channels = present(x.shape.at(-1), "the channel dimension");
  const rows = util.sizeFromShape(x.shape) / channels / batches;
  const wanted = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.ceil(BLOCK_NUMBERS / channels)));
  const perBlock = Math.min(rows, wanted);
  return { batches, rows, channels, perBlock, blocks: Math.ceil(rows / perBlock) };
}

/** Rows in one task of an operation that goes row by row. */
function rowsPerTask(backend: SimdBackend, { batches, rows, channels }: Rows): number {
  return shareOf(batches * rows, wantedTasks(batches * rows * channels, backend.threads), 1);
}

function forward(backend: SimdBackend, inputs: Readonly<Record<string, TensorInfo>>, attributes: BatchNormAttributes) {
  const at = (name: string) => backend.address(present(inputs[name], name));
  const running = (name: string) => (inputs[name] === undefined ? 0 : at(name));
  const x = present(inputs.x, "x");
  const layout = rowsOf(x, attributes);
  const { batches, rows, channels, perBlock, blocks } = layout;
  const { kind, alpha } = activationWords(attributes.activation);
  const y = backend.make(x.shape);
  const statistics = backend.make([batches, 3, channels]);
  const unbiased = rows / Math.max(rows - 1, 1);
  const sums = backend.make([batches, blocks, 2, channels]);
  backend.perform(op.BATCH_NORM_SUMS, batches * blocks, [
    ...[at("x"), backend.address(sums), rows, channels, perBlock, blocks],
  ]);
  backend.perform(
    op.BATCH_NORM_MOMENTS,
    1,
    [
      ...[at("x"), backend.address(sums), rows, channels, batches, blocks],
      ...[backend.address(statistics), at("gamma"), running("mean"), running("variance")],
    ],
    [EPSILON, MOMENTUM, 1 - MOMENTUM, (1 - MOMENTUM) * unbiased],
  );
  backend.disposeData(sums.dataId);
  const perTask = rowsPerTask(backend, layout);
  backend.perform(
    op.BATCH_NORM_APPLY,
    Math.ceil((batches * rows) / perTask),
    [
      ...[at("x"), backend.address(y), rows, channels, backend.address(statistics), at("beta")],
      ...[batches * rows, perTask, kind],
    ],
    [alpha],
  );
  return [y, statistics];
}

interface Saved {
  readonly x: TensorInfo;
  readonly y: TensorInfo;
  readonly statistics: TensorInfo;
}

/** dx, and the gradients by gamma and beta. */
function backward(
  backend: SimdBackend,
  dy: TensorInfo,
  { x, y, statistics }: Saved,
  attributes: BatchNormAttributes,
): readonly [dx: TensorInfo, dGamma: TensorInfo, dBeta: TensorInfo] {
  const layout = rowsOf(x, attributes);
  const { batches, rows, channels, perBlock, blocks } = layout;
  const { kind, alpha } = activationWords(attributes.activation);
  const [dz, sums] = [backend.make(x.shape), backend.make([batches, blocks, 2, channels])];
  const [dx, dGamma, dBeta] = [backend.make(x.shape), backend.make([channels]), backend.make([channels])];
  const means = backend.make([batches, 2, channels]);
  const at = (tensor: TensorInfo) => backend.address(tensor);
  backend.perform(
    op.BATCH_NORM_GRADIENT_SUMS,
    batches * blocks,
    [at(x), at(sums), rows, channels, perBlock, blocks, at(statistics), at(dy), at(y), at(dz), kind],
    [alpha],
  );
  backend.perform(op.BATCH_NORM_GRADIENT_TOTALS, 1, [
    ...[at(sums), at(means), batches, rows, channels, blocks, at(dGamma), at(dBeta)],
  ]);
  const perTask = rowsPerTask(backend, layout);
  backend.perform(op.BATCH_NORM_GRADIENT, Math.ceil((batches * rows) / perTask), [
    ...[at(x), at(dz), at(dx), rows, channels, at(statistics), at(means), batches * rows, perTask],
  ]);
  for (const { dataId } of [dz, sums, means]) backend.disposeData(dataId);
  return [dx, dGamma, dBeta];
}

/** Outputs are y and the statistics, [batches, 3, channels]: mean, 1 / deviation, gamma / deviation. */
function kernel(
  name: string,
  names: readonly string[],
  attributesOf: (attrs: NamedAttrMap, x: TensorInfo) => BatchNormAttributes,
): SimdKernel {
  return {
    name,
    run({ inputs, attrs, backend }) {
      const given = Object.fromEntries(names.map((key) => [key, input(inputs, key)]));
      return forward(backend, given, attributesOf(attrs ?? {}, input(inputs, "x")));
    },
    gradient: {
      inputsToSave: ["x", "gamma"],
      outputsToSave: [true, true],
      gradFunc: (dys, saved, attrs) => {
        const dy = present((dys as Tensor[])[0], "the gradient by y");
        const [x, y] = [present(saved[0], "x"), present(saved[2], "y")];
        const statistics = present(saved[3], "the statistics");
        const found = backward(runningSimd(), dy, { x, y, statistics }, attributesOf(attrs, x)).map(asTensor);
        const [dx, dGamma, dBeta] = found;
        return {
          x: () => present(dx, "dx"),
          gamma: () => present(dGamma, "the gradient by gamma"),
          beta: () => present(dBeta, "the gradient by beta"),
        };
      },
    },
  };
}

export const NORMALIZATIONS: readonly SimdKernel[] = [
  kernel(
    "DuelBatchNorm",
    ["x", "gamma", "beta", "mean", "variance"],
    (attrs) => attrs as unknown as BatchNormAttributes,
  ),
  kernel("DuelInstanceNorm", ["x", "gamma", "beta"], (attrs, { shape }) => ({
    activation: (attrs as unknown as Pick<BatchNormAttributes, "activation">).activation,
    batches: present(shape[0], "the batch dimension"),
  })),
];
