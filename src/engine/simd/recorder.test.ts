import {
  add,
  cumsum,
  dispose,
  engine,
  matMul,
  memory,
  mul,
  scalar,
  sum,
  tanh,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, describe, expect, test } from "vitest";
import { ranTogether } from "../kernels.ts";
import { createLiveNumbers } from "../liveNumbers.ts";
import { SGD_LIVE } from "../optimizers/sgd.ts";
import { captureStep, type Capture, type StepGraph } from "../stepGraph.ts";
import { startSimd } from "./index.ts";
import { numbers, tensorOf } from "./testing.ts";

interface Toy {
  readonly weights: Variable;
  prepare(update: number): void;
  readonly step: () => readonly Tensor[];
  dispose(): void;
}

/** One step of gradient descent on Σ tanh(x·w)², with inputs from the host and a live learning rate. */
function makeToy(): Toy {
  const weights = tidy(() => variable(tensorOf(numbers([7, 3], 50), [7, 3])));
  const momentum = tidy(() => variable(tensor2d(new Float32Array(21), [7, 3]), false));
  const live = createLiveNumbers(SGD_LIVE);
  let draw = 0;
  return {
    weights,
    prepare(update) {
      draw = update;
      live.set({ learningRate: 0.01 * (1 + update), momentum: 0.5 });
    },
    step: () =>
      tidy(() => {
        const fill = (values: Float32Array) => {
          values.set(numbers([33, 7], draw));
        };
        const x: Tensor = engine().runKernel(
          "DuelHostNumbers",
          {},
          {
            shape: [33, 7],
            fill: fill as unknown as number,
          },
        );
        const { value, grads } = variableGrads(() => {
          const y = tanh(matMul(x, weights));
          return sum<Scalar>(mul(y, y));
        }, [weights]);
        const g = Object.values(grads)[0] ?? value;
        ranTogether("DuelSgdTogether", [{ p: weights, m: momentum, g }], live);
        return [value, sum(g)];
      }),
    dispose() {
      for (const tensor of [weights, momentum]) tensor.dispose();
      live.dispose();
    },
  };
}

function captured(capture: Capture): { graph: StepGraph; results: readonly Tensor[] } {
  if (!capture.captured) throw new Error(`${capture.refusal.operation}: ${capture.refusal.reason}`);
  return capture;
}

function read(results: readonly Tensor[]): number[] {
  return results.flatMap((result) => [...result.dataSync()]);
}

/** Reads results that no graph owns, and frees them. */
function taken(results: readonly Tensor[]): number[] {
  const values = read(results);
  dispose([...results]);
  return values;
}

const held = () => ({ tensors: memory().numTensors, bytes: memory().numBytes });

describe("a step recorded on the SIMD backend", () => {
  beforeAll(async () => {
    await startSimd();
  });

  test("gives bit for bit what an eager step gives, whatever runs in between", () => {
    const [eager, replayed] = [makeToy(), makeToy()];
    const expected: number[] = [];
    for (let update = 0; update < 6; update++) {
      eager.prepare(update);
      expected.push(...taken(eager.step()));
    }
    replayed.prepare(0);
    const { graph, results } = captured(captureStep(replayed.step));
    const actual = read(results);
    for (let update = 1; update < 6; update++) {
      const inBetween = tidy(() => mul(add(tensorOf(numbers([33, 7]), [33, 7]), 1), 2));
      replayed.prepare(update);
      actual.push(...read(graph.replay()));
      expect(inBetween.dataSync()).toEqual(numbers([33, 7]).map((value) => Math.fround(value + 1) * 2));
      inBetween.dispose();
    }
    expect(actual).toEqual(expected);
    expect(replayed.weights.dataSync()).toEqual(eager.weights.dataSync());
    expect(new Set(expected).size).toBe(12);
    expect(graph.dispatches).toBeGreaterThan(8);
    for (const each of [graph, eager, replayed]) each.dispose();
  });

  test("holds its memory flat over replays, and gives all of it back", () => {
    const before = { ...held(), inUse: engine().backend.memory() };
    const toy = makeToy();
    toy.prepare(0);
    const { graph, results } = captured(captureStep(toy.step));
    read(results);
    const during = { ...held(), inUse: engine().backend.memory() };
    for (let update = 1; update < 50; update++) {
      toy.prepare(update);
      read(graph.replay());
    }
    expect({ ...held(), inUse: engine().backend.memory() }).toEqual(during);
    graph.dispose();
    toy.dispose();
    expect({ ...held(), inUse: engine().backend.memory() }).toEqual(before);
  });

  test("two recordings keep out of each other's memory", () => {
    const toys = [makeToy(), makeToy()];
    const alone = makeToy();
    const graphs = toys.map((toy) => {
      toy.prepare(0);
      const { graph, results } = captured(captureStep(toy.step));
      read(results);
      return graph;
    });
    alone.prepare(0);
    taken(alone.step());
    for (let update = 1; update < 4; update++) {
      for (const toy of [...toys, alone]) toy.prepare(update);
      const expected = taken(alone.step());
      for (const graph of graphs) expect(read(graph.replay())).toEqual(expected);
    }
    for (const each of [...graphs, ...toys, alone]) each.dispose();
  });

  test("is refused where an inherited kernel reads what commands compute, and the kernel named", () => {
    const x = tensorOf(numbers([4, 5]), [4, 5]);
    const capture = captureStep(() => [tidy(() => cumsum(mul(x, 2), 1))]);
    expect(capture).toMatchObject({ captured: false, refusal: { operation: "Cumsum" } });
    expect(taken(capture.results).length).toBe(20);
    x.dispose();
  });

  test("is refused where it takes numbers from the heap, and the kernel named", () => {
    const x = tensorOf(numbers([20]), [20]);
    const capture = captureStep(() => [tidy(() => mul(x, tensorOf(numbers([20], 1), [20])))]);
    expect(capture).toMatchObject({ captured: false, refusal: { operation: "Multiply" } });
    for (const result of capture.results) result.dispose();
    x.dispose();
  });

  test("keeps small constants", () => {
    const x = tidy(() => variable(tensor1d([1, 2, 3])));
    const { graph, results } = captured(captureStep(() => [tidy(() => add(mul(x, tensor1d([1, 2, 3])), scalar(1)))]));
    const first = read(results);
    expect(first).toEqual([2, 5, 10]);
    expect(read(graph.replay())).toEqual(first);
    expect(read(graph.replay())).toEqual(first);
    graph.dispose();
    x.dispose();
  });

  test("is refused where it assigns a variable, and the variable named", () => {
    const weights = tidy(() => variable(tensor1d([1, 2]), true, "assignedInStep"));
    const capture = captureStep(() => {
      tidy(() => {
        weights.assign(mul(weights, 2));
      });
      return [];
    });
    expect(capture).toMatchObject({ captured: false, refusal: { operation: "variable assignedInStep" } });
    expect([...weights.dataSync()]).toEqual([2, 4]);
    weights.dispose();
  });

  test("cannot be replayed after a variable was assigned from outside", () => {
    const toy = makeToy();
    toy.prepare(0);
    const { graph, results } = captured(captureStep(toy.step));
    read(results);
    expect(graph.stale).toBe(false);
    tidy(() => {
      toy.weights.assign(tensorOf(numbers([7, 3]), [7, 3]));
    });
    expect(graph.stale).toBe(true);
    expect(() => graph.replay()).toThrow("captured anew");
    graph.dispose();
    toy.dispose();
  });

  test("passes on its own error, and eager work goes on as before", () => {
    const before = held();
    expect(() =>
      captureStep(() =>
        tidy(() => {
          mul(tensor1d([1, 2]), 2);
          throw new Error("the step's own");
        }),
      ),
    ).toThrow("the step's own");
    const product = mul(tensor1d([3]), 2);
    expect(taken([product])).toEqual([6]);
    expect(held().tensors).toBe(before.tensors + 1);
  });
});
