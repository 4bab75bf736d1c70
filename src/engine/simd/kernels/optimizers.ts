/** The optimisers' updates, in place on the parameters and their moments. Formulas: src/engine/optimizers. */
import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { invariant, present } from "../../../shared/invariant.ts";
import type { LiveNumbers } from "../../liveNumbers.ts";
import type { SimdBackend } from "../backend.ts";
import type { CommandNumbers } from "../module.ts";
import * as op from "../opcodes.ts";
import { areFloats, shareOf, wantedTasks, type SimdKernel } from "./kernel.ts";

/** Performs an update over tensors of one size: parameters first, gradient last. */
function update(
  backend: SimdBackend,
  operation: number,
  tensors: readonly (TensorInfo | undefined)[],
  fractions: CommandNumbers,
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

type Numbers = Readonly<Record<string, number>>;

interface Update {
  readonly operation: number;
  /** What changes in place, as the command takes it; the gradient comes after. */
  readonly inPlace: readonly string[];
  /** The command's fractions, from the numbers that the optimiser shares among its parameters. */
  readonly fractions: (numbers: Numbers) => readonly number[];
}

const UPDATES: Readonly<Record<string, Update>> = {
  DuelAdam: {
    operation: op.ADAM,
    inPlace: ["p", "m", "v"],
    fractions: ({
      learningRate = NaN,
      beta1 = NaN,
      beta2 = NaN,
      epsilon = NaN,
      correction1 = NaN,
      correction2 = NaN,
    }) => [...[learningRate, beta1, 1 - beta1, beta2, 1 - beta2, epsilon], ...[1 / correction1, 1 / correction2]],
  },
  DuelRmsprop: {
    operation: op.RMSPROP,
    inPlace: ["p", "v"],
    fractions: ({ learningRate = NaN, decay = NaN, epsilon = NaN }) => [learningRate, decay, 1 - decay, epsilon],
  },
  DuelSgd: {
    operation: op.SGD,
    inPlace: ["p", "m"],
    fractions: ({ learningRate = NaN, momentum = NaN }) => [learningRate, momentum],
  },
  DuelNesterov: {
    operation: op.NESTEROV,
    inPlace: ["p", "m"],
    fractions: ({ learningRate = NaN, momentum = NaN }) => [learningRate, momentum],
  },
  DuelLion: {
    operation: op.LION,
    inPlace: ["p", "m"],
    fractions: ({ learningRate = NaN, beta1 = NaN, beta2 = NaN }) => [
      learningRate,
      ...[beta1, 1 - beta1],
      ...[beta2, 1 - beta2],
    ],
  },
  DuelBlend: {
    operation: op.BLEND,
    inPlace: ["p"],
    fractions: ({ keep = NaN, take = NaN }) => [keep, take],
  },
};

/** One parameter, by numbers that hold now. */
function single(name: string, { operation, inPlace, fractions }: Update): SimdKernel {
  return {
    name,
    run({ inputs, attrs, backend }) {
      const tensors = [...inPlace, "g"].map((key) => inputs[key]);
      return update(backend, operation, tensors, fractions(attrs as Numbers));
    },
  };
}

/** All parameters of a network, by live numbers. Inputs are p0, m0, v0, g0, p1, …. */
function together(name: string, { operation, inPlace, fractions }: Update): SimdKernel {
  return {
    name: `${name}Together`,
    run({ inputs, attrs, backend }) {
      const { live } = attrs as unknown as { readonly live: LiveNumbers };
      const count = Object.keys(inputs).length / (inPlace.length + 1);
      for (let order = 0; order < count; order++) {
        const tensors = [...inPlace, "g"].map((key) => inputs[`${key}${String(order)}`]);
        update(backend, operation, tensors, () => fractions(live.values));
      }
      return [];
    },
  };
}

/** Holds every weight between −limit and limit. Inputs are p0, p1, …. */
const clip: SimdKernel = {
  name: "DuelClipTogether",
  run({ inputs, attrs, backend }) {
    const { live } = attrs as unknown as { readonly live: LiveNumbers<"limit"> };
    for (const p of Object.values(inputs as Readonly<Record<string, TensorInfo>>)) {
      const size = util.sizeFromShape(p.shape);
      const perTask = shareOf(size, wantedTasks(size, backend.threads), 16);
      const integers = [op.CLIP, backend.address(p), backend.address(p), size, perTask];
      backend.perform(op.UNARY, Math.ceil(size / perTask), integers, () => [-live.values.limit, live.values.limit]);
    }
    return [];
  },
};

/** p ← keep · p: a blend with nothing of itself. Inputs are p0, p1, …. */
const decay: SimdKernel = {
  name: "DuelDecayTogether",
  run({ inputs, attrs, backend }) {
    const { live } = attrs as unknown as { readonly live: LiveNumbers<"keep"> };
    for (const p of Object.values(inputs as Readonly<Record<string, TensorInfo>>)) {
      update(backend, op.BLEND, [p, p], () => [live.values.keep, 0]);
    }
    return [];
  },
};

export const OPTIMIZERS: readonly SimdKernel[] = [
  ...Object.entries(UPDATES).flatMap(([name, rule]) => [single(name, rule), together(name, rule)]),
  clip,
  decay,
];
