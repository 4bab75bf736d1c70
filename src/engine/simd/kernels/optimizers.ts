/** The optimisers' updates, in place on the parameters and their moments. Formulas: src/engine/optimizers. */
import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { invariant, present } from "../../../shared/invariant.ts";
import type { SimdBackend } from "../backend.ts";
import * as op from "../opcodes.ts";
import { areFloats, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

/** Performs an update over tensors of one size: parameters first, gradient last. */
function update(
  backend: SimdBackend,
  operation: number,
  tensors: readonly (TensorInfo | undefined)[],
  fractions: readonly number[],
): TensorInfo[] {
  const given = tensors.map((tensor) => present(tensor, "an input of an optimiser's kernel"));
  const size = util.sizeFromShape(given[0]?.shape ?? []);
  const fitting = given.every((tensor) => areFloats(tensor) && util.sizeFromShape(tensor.shape) === size);
  invariant(fitting, "an optimiser's kernel takes float32 tensors of one size");
  const perTask = shareOf(size, wantedTasks(size, backend.threads), 16);
  const addresses = given.map((tensor) => backend.address(tensor));
  backend.perform(operation, Math.ceil(size / perTask), [...addresses, size, perTask], fractions);
  return [];
}

interface AdamAttributes {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly correction1: number;
  readonly correction2: number;
}

const adam: SimdKernel = {
  name: "DuelAdam",
  run({ inputs: { p, m, v, g }, attrs, backend }) {
    const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = attrs as unknown as AdamAttributes;
    const fractions = [learningRate, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, 1 / correction1, 1 / correction2];
    return update(backend, op.ADAM, [p, m, v, g], fractions);
  },
};

interface RmspropAttributes {
  readonly learningRate: number;
  readonly decay: number;
  readonly epsilon: number;
}

const rmsprop: SimdKernel = {
  name: "DuelRmsprop",
  run({ inputs: { p, v, g }, attrs, backend }) {
    const { learningRate, decay, epsilon } = attrs as unknown as RmspropAttributes;
    return update(backend, op.RMSPROP, [p, v, g], [learningRate, decay, 1 - decay, epsilon]);
  },
};

interface SgdAttributes {
  readonly learningRate: number;
  readonly momentum: number;
}

const sgd: SimdKernel = {
  name: "DuelSgd",
  run({ inputs: { p, m, g }, attrs, backend }) {
    const { learningRate, momentum } = attrs as unknown as SgdAttributes;
    return update(backend, op.SGD, [p, m, g], [learningRate, momentum]);
  },
};

export const OPTIMIZERS: readonly SimdKernel[] = [adam, rmsprop, sgd];
