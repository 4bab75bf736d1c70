import { env, memory, setBackend, tensor1d, tidy, variable, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { createLiveNumbers } from "../liveNumbers.ts";
import { CLIP_LIVE, clipWeights } from "./clipWeights.ts";
import { initAdam, updateAdam } from "./adam.ts";
import { initAdamw, updateAdamw } from "./adamw.ts";
import { initLion, updateLion } from "./lion.ts";
import { updateNesterov } from "./nesterov.ts";
import { initRmsprop, updateRmsprop } from "./rmsprop.ts";
import { initSgd, updateSgd } from "./sgd.ts";
import { registerUpdates } from "./updates.wgsl.ts";

beforeAll(() => {
  env().set("WEBGPU_CPU_FORWARD", false);
  registerUpdates();
});

type Update = (gradients: readonly Tensor[], learningRate: number) => void;

/** Every optimiser over parameters: its update, and what it remembers. */
const OPTIMIZERS = {
  adam: (parameters: readonly Variable[]) => {
    const state = initAdam(parameters);
    const update: Update = (gradients, learningRate) => {
      updateAdam(state, parameters, gradients, { learningRate, beta1: 0.5, beta2: 0.999 });
    };
    return { update, memory: [...state.m, ...state.v], numbers: [state.live] };
  },
  adamw: (parameters: readonly Variable[]) => {
    const state = initAdamw(parameters);
    const update: Update = (gradients, learningRate) => {
      updateAdamw(state, parameters, gradients, { learningRate, beta1: 0.5, beta2: 0.999, weightDecay: 1 });
    };
    return { update, memory: [...state.m, ...state.v], numbers: [state.live, state.decay] };
  },
  lion: (parameters: readonly Variable[]) => {
    const state = initLion(parameters);
    const update: Update = (gradients, learningRate) => {
      updateLion(state, parameters, gradients, { learningRate, beta1: 0.9, beta2: 0.99, weightDecay: 1 });
    };
    return { update, memory: state.m, numbers: [state.live, state.decay] };
  },
  nesterov: (parameters: readonly Variable[]) => {
    const state = initSgd(parameters);
    const update: Update = (gradients, learningRate) => {
      updateNesterov(state, parameters, gradients, { learningRate, momentum: 0.5 });
    };
    return { update, memory: state.m, numbers: [state.live] };
  },
  rmsprop: (parameters: readonly Variable[]) => {
    const state = initRmsprop(parameters);
    const update: Update = (gradients, learningRate) => {
      updateRmsprop(state, parameters, gradients, { learningRate, decay: 0.9 });
    };
    return { update, memory: state.v, numbers: [state.live] };
  },
  sgd: (parameters: readonly Variable[]) => {
    const state = initSgd(parameters);
    const update: Update = (gradients, learningRate) => {
      updateSgd(state, parameters, gradients, { learningRate, momentum: 0.5 });
    };
    return { update, memory: state.m, numbers: [state.live] };
  },
  clipping: (parameters: readonly Variable[]) => {
    const live = createLiveNumbers(CLIP_LIVE);
    const update: Update = (_gradients, limit) => {
      live.set({ limit: 10 * limit });
      clipWeights(parameters, live);
    };
    return { update, memory: [], numbers: [live] };
  },
} as const;

type Name = keyof typeof OPTIMIZERS;

/** An odd number of parameters, with sizes that do and do not fit vectors of four. */
const SIZES = [64, 1, 7, 20, 33];

/** Parameters after three updates on a backend, the second with another learning rate. */
async function train(backend: string, name: Name): Promise<number[]> {
  await setBackend(backend);
  const before = memory().numTensors;
  const numbers = (draw: number, count: number) =>
    uniform({ seed: 2, stream: "samples", draw }, count).map((value) => value - 0.5);
  const parameters: Variable[] = SIZES.map((size, index) => tidy(() => variable(tensor1d(numbers(index, size)))));
  const optimizer = OPTIMIZERS[name](parameters);
  for (const update of [1, 2, 3]) {
    tidy(() => {
      const gradients = SIZES.map((size, index) => tensor1d(numbers(10 * update + index, size)));
      optimizer.update(gradients, update === 2 ? 0.03 : 0.01);
    });
  }
  const values = await Promise.all(parameters.map(async (parameter) => [...(await parameter.data())]));
  for (const live of optimizer.numbers) live.dispose();
  for (const tensor of [...optimizer.memory, ...parameters]) tensor.dispose();
  expect(memory().numTensors).toBe(before);
  return values.flat();
}

test.for(Object.keys(OPTIMIZERS) as Name[])(
  "the kernel of %s moves parameters as its portable twin does",
  async (name) => {
    const expected = await train("cpu", name);
    const actual = await train("webgpu", name);
    expect(actual.length).toBe(expected.length);
    // Three updates of about 0.03, each off by some roundings of 6e-8 and the device's division and root.
    for (const [index, value] of actual.entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 6);
    expect(Math.hypot(...actual)).toBeGreaterThan(0.5);
  },
);
