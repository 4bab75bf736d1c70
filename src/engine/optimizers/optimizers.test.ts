import { memory, setBackend, tensor1d, tidy, variable, type Variable } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createLiveNumbers, type LiveNumbers } from "../liveNumbers.ts";
import { initAdam, updateAdam } from "./adam.ts";
import { gradientNorm } from "../gradients.ts";
import { initAdamw, updateAdamw } from "./adamw.ts";
import { clipGradients } from "./clipGradients.ts";
import { CLIP_LIVE, clipWeights } from "./clipWeights.ts";
import { initRmsprop, updateRmsprop } from "./rmsprop.ts";
import { initLion, updateLion } from "./lion.ts";
import { updateNesterov } from "./nesterov.ts";
import { initSgd, updateSgd } from "./sgd.ts";

/** Gradients of three updates of one parameter of two numbers. */
const GRADIENTS = [
  [0.5, -2],
  [0.25, 1e-4],
  [-1, 3],
] as const;
const START = [1, -1] as const;
// Float32 rounds at 6e-8 of a number near 1; three updates add up to a few of these.
const DIGITS = 6;

let p: Variable;

beforeAll(async () => {
  await setBackend("cpu");
});

beforeEach(() => {
  p = variable(tensor1d([...START]));
});

/** Makes the three updates, with tensors freed. */
function run(update: (gradient: ReturnType<typeof tensor1d>, index: number) => void): readonly number[] {
  for (const [index, values] of GRADIENTS.entries()) {
    const gradient = tensor1d([...values]);
    update(gradient, index);
    gradient.dispose();
  }
  return [...p.dataSync()];
}

function limitOf(limit: number): LiveNumbers<"limit"> {
  const live = createLiveNumbers(CLIP_LIVE);
  live.set({ limit });
  return live;
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, DIGITS);
}

test("Adam follows algorithm 1 of its paper, with ε outside the square root", () => {
  const [learningRate, beta1, beta2] = [0.1, 0.5, 0.99];
  const state = initAdam([p]);
  const expected = START.map((start, lane) => {
    let [value, m, v] = [start as number, 0, 0];
    for (const [index, gradient] of GRADIENTS.entries()) {
      const g = gradient[lane] ?? NaN;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const [mHat, vHat] = [m / (1 - beta1 ** (index + 1)), v / (1 - beta2 ** (index + 1))];
      value -= (learningRate * mHat) / (Math.sqrt(vHat) + 1e-8);
    }
    return value;
  });
  expectClose(
    run((g) => {
      updateAdam(state, [p], [g], { learningRate, beta1, beta2 });
    }),
    expected,
  );
});

test("Adam's first step has the length of the learning rate, whatever β₁ is later", () => {
  const state = initAdam([p]);
  const before = [...p.dataSync()];
  run((g, index) => {
    if (index === 0) updateAdam(state, [p], [g], { learningRate: 0.1, beta1: 0.9, beta2: 0.999 });
  });
  expectClose([...p.dataSync()], [(before[0] ?? NaN) - 0.1, (before[1] ?? NaN) + 0.1]);
});

test("a change of β₁ on the way keeps Adam's mean unbiased", () => {
  const state = initAdam([p]);
  // Under a constant gradient the unbiased mean is that gradient, and every step has the length of the learning rate.
  const gradient = tensor1d([2, -3]);
  for (const beta1 of [0.9, 0.1, 0.5]) updateAdam(state, [p], [gradient], { learningRate: 0.1, beta1, beta2: 0.9 });
  gradient.dispose();
  expectClose([...p.dataSync()], [1 - 0.3, -1 + 0.3]);
});

test("RMSProp divides by the root of the mean square, with ε outside it", () => {
  const [learningRate, decay] = [0.05, 0.8];
  const state = initRmsprop([p]);
  const expected = START.map((start, lane) => {
    let [value, v] = [start as number, 0];
    for (const gradient of GRADIENTS) {
      const g = gradient[lane] ?? NaN;
      v = decay * v + (1 - decay) * g * g;
      value -= (learningRate * g) / (Math.sqrt(v) + 1e-8);
    }
    return value;
  });
  expectClose(
    run((g) => {
      updateRmsprop(state, [p], [g], { learningRate, decay });
    }),
    expected,
  );
});

test("SGD adds the gradient to its velocity", () => {
  const [learningRate, momentum] = [0.1, 0.9];
  const state = initSgd([p]);
  const expected = START.map((start, lane) => {
    let [value, m] = [start as number, 0];
    for (const gradient of GRADIENTS) {
      m = momentum * m + (gradient[lane] ?? NaN);
      value -= learningRate * m;
    }
    return value;
  });
  expectClose(
    run((g) => {
      updateSgd(state, [p], [g], { learningRate, momentum });
    }),
    expected,
  );
});

test("Nesterov's gradient goes on along the velocity that it has just changed", () => {
  const [learningRate, momentum] = [0.1, 0.9];
  const state = initSgd([p]);
  const expected = START.map((start, lane) => {
    let [value, m] = [start as number, 0];
    for (const gradient of GRADIENTS) {
      const g = gradient[lane] ?? NaN;
      m = momentum * m + g;
      value -= learningRate * (g + momentum * m);
    }
    return value;
  });
  expectClose(
    run((g) => {
      updateNesterov(state, [p], [g], { learningRate, momentum });
    }),
    expected,
  );
});

test("AdamW shrinks weights beside the gradient, by the learning rate times the decay", () => {
  const [learningRate, beta1, beta2, weightDecay] = [0.1, 0.5, 0.99, 0.3];
  const state = initAdamw([p]);
  const expected = START.map((start, lane) => {
    let [value, m, v] = [start as number, 0, 0];
    for (const [index, gradient] of GRADIENTS.entries()) {
      const g = gradient[lane] ?? NaN;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const [mHat, vHat] = [m / (1 - beta1 ** (index + 1)), v / (1 - beta2 ** (index + 1))];
      value = value * (1 - learningRate * weightDecay) - (learningRate * mHat) / (Math.sqrt(vHat) + 1e-8);
    }
    return value;
  });
  expectClose(
    run((g) => {
      updateAdamw(state, [p], [g], { learningRate, beta1, beta2, weightDecay });
    }),
    expected,
  );
});

test("Lion moves every weight by the learning rate, whatever the length of its gradient, and shrinks it", () => {
  const [learningRate, beta1, beta2, weightDecay] = [0.1, 0.9, 0.8, 0.3];
  const state = initLion([p]);
  const expected = START.map((start, lane) => {
    let [value, m] = [start as number, 0];
    for (const gradient of GRADIENTS) {
      const g = gradient[lane] ?? NaN;
      const direction = Math.sign(beta1 * m + (1 - beta1) * g);
      value -= learningRate * (direction + weightDecay * value);
      m = beta2 * m + (1 - beta2) * g;
    }
    return value;
  });
  expectClose(
    run((g) => {
      updateLion(state, [p], [g], { learningRate, beta1, beta2, weightDecay });
    }),
    expected,
  );
});

test("Lion leaves a weight alone where neither gradient nor memory points anywhere", () => {
  const still = tensor1d([0, 0]);
  updateLion(initLion([p]), [p], [still], { learningRate: 0.1, beta1: 0.9, beta2: 0.99, weightDecay: 0 });
  still.dispose();
  expect([...p.dataSync()]).toEqual([...START]);
});

test("clipping clamps weights on both sides and leaves the others", () => {
  p.assign(tensor1d([0.02, -7]));
  clipWeights([p], limitOf(0.05));
  expectClose([...p.dataSync()], [0.02, -0.05]);
});

test("gradients that are too long together are shortened by one factor, and short ones are left", () => {
  const gradients = [tensor1d([3, 0]), tensor1d([0, -4])];
  const clipped = (limit: number) =>
    tidy(() => clipGradients(gradients, gradientNorm(gradients), limitOf(limit)).flatMap((g) => [...g.dataSync()]));
  // As torch.nn.utils.clip_grad_norm_ does it.
  const factor = 2.5 / (5 + 1e-6);
  expectClose(clipped(2.5), [3 * factor, 0, 0, -4 * factor]);
  expect(clipped(6)).toEqual([3, 0, 0, -4]);
});

test("updates in place make no tensors", () => {
  const states = {
    ...{ adam: initAdam([p]), adamw: initAdamw([p]), lion: initLion([p]) },
    ...{ rmsprop: initRmsprop([p]), sgd: initSgd([p]), nesterov: initSgd([p]) },
  };
  const before = memory().numTensors;
  run((g) => {
    updateAdam(states.adam, [p], [g], { learningRate: 0.1, beta1: 0.5, beta2: 0.9 });
    updateRmsprop(states.rmsprop, [p], [g], { learningRate: 0.1, decay: 0.9 });
    updateSgd(states.sgd, [p], [g], { learningRate: 0.1, momentum: 0.9 });
    updateAdamw(states.adamw, [p], [g], { learningRate: 0.1, beta1: 0.5, beta2: 0.9, weightDecay: 0.1 });
    updateLion(states.lion, [p], [g], { learningRate: 0.1, beta1: 0.5, beta2: 0.9, weightDecay: 0.1 });
    updateNesterov(states.nesterov, [p], [g], { learningRate: 0.1, momentum: 0.9 });
    clipWeights([p], limitOf(1));
  });
  expect(memory().numTensors).toBe(before);
});
