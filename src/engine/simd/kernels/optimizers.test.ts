import { engine, tidy, variable, type NamedAttrMap, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../index.ts";
import { expectClose, numbers, ODD_SIZES, tensorOf } from "../testing.ts";

// A few roundings of float32 an update, over three updates.
const TOLERANCE = 5e-7;

type State = Readonly<Record<string, Variable>>;

/** Runs three updates through a kernel and in float64, and compares all that they change. */
function compare(
  kernel: string,
  size: number,
  state: readonly string[],
  attributesAt: (update: number) => NamedAttrMap,
  update: (values: Readonly<Record<string, number>>, attributes: Readonly<Record<string, number>>) => readonly number[],
): void {
  const initial = state.map((name, index) =>
    name === "v" ? numbers([size], index).map(Math.abs) : numbers([size], index),
  );
  const variables: State = Object.fromEntries(
    state.map((name, index) => [name, tidy(() => variable(tensorOf(initial[index] ?? numbers([0]), [size])))]),
  );
  const reference = initial.map((values) => Float64Array.from(values));
  for (let step = 1; step <= 3; step++) {
    const gradient = numbers([size], 10 + step);
    const g = tensorOf(gradient, [size]);
    engine().runKernel(kernel, { ...variables, g }, attributesAt(step));
    g.dispose();
    for (let index = 0; index < size; index++) {
      const values = Object.fromEntries(state.map((name, place) => [name, reference[place]?.[index] ?? NaN]));
      const changed = update({ ...values, g: gradient[index] ?? NaN }, attributesAt(step) as Record<string, number>);
      reference.forEach((array, place) => {
        array[index] = changed[place] ?? NaN;
      });
    }
  }
  state.forEach((name, place) => {
    const current: Tensor | undefined = variables[name];
    if (current === undefined) throw new Error(`the state has no ${name}`);
    expectClose(current, reference[place] ?? [], TOLERANCE);
  });
}

describe("the optimisers' kernels change in place what float64 computes", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test.for(ODD_SIZES)("Adam, %i parameters", (size) => {
    const attributes = (t: number) => ({
      ...{ learningRate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
      ...{ correction1: 1 - 0.5 ** t, correction2: 1 - 0.999 ** t },
    });
    compare("DuelAdam", size, ["p", "m", "v"], attributes, ({ p = 0, m = 0, v = 0, g = 0 }, a) => {
      const { learningRate = 0, beta1 = 0, beta2 = 0, epsilon = 0, correction1 = 0, correction2 = 0 } = a;
      const first = beta1 * m + (1 - beta1) * g;
      const second = beta2 * v + (1 - beta2) * g * g;
      const change = (learningRate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon);
      return [p - change, first, second];
    });
  });

  test.for(ODD_SIZES)("RMSProp, %i parameters", (size) => {
    const attributes = () => ({ learningRate: 0.01, decay: 0.9, epsilon: 1e-8 });
    compare("DuelRmsprop", size, ["p", "v"], attributes, ({ p = 0, v = 0, g = 0 }, a) => {
      const { learningRate = 0, decay = 0, epsilon = 0 } = a;
      const square = decay * v + (1 - decay) * g * g;
      return [p - (learningRate * g) / (Math.sqrt(square) + epsilon), square];
    });
  });

  test.for(ODD_SIZES)("SGD, %i parameters", (size) => {
    const attributes = () => ({ learningRate: 0.01, momentum: 0.5 });
    compare("DuelSgd", size, ["p", "m"], attributes, ({ p = 0, m = 0, g = 0 }, { learningRate = 0, momentum = 0 }) => {
      const velocity = momentum * m + g;
      return [p - learningRate * velocity, velocity];
    });
  });

  test.for(ODD_SIZES)("Nesterov's gradient, %i parameters", (size) => {
    const attributes = () => ({ learningRate: 0.01, momentum: 0.5 });
    compare("DuelNesterov", size, ["p", "m"], attributes, ({ p = 0, m = 0, g = 0 }, a) => {
      const { learningRate = 0, momentum = 0 } = a;
      const velocity = momentum * m + g;
      return [p - learningRate * (g + momentum * velocity), velocity];
    });
  });

  test.for(ODD_SIZES)("Lion, %i parameters", (size) => {
    const attributes = () => ({ learningRate: 0.01, beta1: 0.9, beta2: 0.99 });
    compare("DuelLion", size, ["p", "m"], attributes, ({ p = 0, m = 0, g = 0 }, a) => {
      const { learningRate = 0, beta1 = 0, beta2 = 0 } = a;
      const direction = Math.sign(beta1 * m + (1 - beta1) * g);
      return [p - learningRate * direction, beta2 * m + (1 - beta2) * g];
    });
  });

  test("tensors of different sizes are refused", () => {
    const p = tensorOf(numbers([4]), [4]);
    const g = tensorOf(numbers([5]), [5]);
    expect(() => engine().runKernel("DuelSgd", { p, m: p, g }, { learningRate: 1, momentum: 0 })).toThrow(/one size/);
    p.dispose();
    g.dispose();
  });
});
