import {
  add,
  dispose,
  env,
  keep,
  matMul,
  memory,
  mul,
  randomNormal,
  scalar,
  setBackend,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  tanh,
  type Tensor,
  variable,
  variableGrads,
  type Scalar,
  type Variable,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { recordStep } from "./recordedStep.ts";
import { captureStep, type Capture, type StepGraph } from "./stepGraph.ts";
import { webGpuInternals } from "./webgpu/internals.ts";
import { defineKernel } from "./webgpu/program.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
});

/** p ← p − 0.1 · g. */
const descend = defineKernel("TestDescend", ({ size }: { readonly size: number }) => ({
  writes: { p: "f32" },
  reads: { g: "f32" },
  threads: size,
  workgroupSize: 8,
  code: "fn run(i: u32) { p[i] -= 0.1 * g[i]; }",
}));

interface Toy {
  readonly weights: Variable;
  readonly step: () => readonly Tensor[];
  dispose(): void;
}

/** One step of gradient descent on Σ tanh(x·w)², with the weights changed in place. */
function makeToy(): Toy {
  const x = tensor2d(
    [1, 2, 3, 4, 5, 6].map((value) => value / 10),
    [2, 3],
  );
  const weights = tidy(() => variable(tensor2d([0.5, -0.25, 0.125], [3, 1])));
  return {
    weights,
    step: () =>
      tidy(() => {
        const { value, grads } = variableGrads(() => {
          const y = tanh(matMul(x, weights));
          return sum<Scalar>(mul(y, y));
        }, [weights]);
        descend.run({ size: 3 }, [weights, Object.values(grads)[0] ?? value]);
        return [value];
      }),
    dispose() {
      x.dispose();
      weights.dispose();
    },
  };
}

function captured(capture: Capture): { graph: StepGraph; results: readonly Tensor[] } {
  if (!capture.captured) throw new Error(`${capture.refusal.operation}: ${capture.refusal.reason}`);
  return capture;
}

async function numbersOf(results: readonly Tensor[]): Promise<number[]> {
  const numbers = await Promise.all(results.map(async (result) => [...(await result.data())]));
  return numbers.flat();
}

/** Reads results that no graph owns, and frees them. */
async function taken(results: readonly Tensor[]): Promise<number[]> {
  const numbers = await numbersOf(results);
  dispose([...results]);
  return numbers;
}

test("a replayed step gives bit for bit what an eager step gives, whatever runs in between", async () => {
  const eager = makeToy();
  const expected: number[][] = [];
  for (let step = 0; step < 6; step++) expected.push(await taken(eager.step()));
  const expectedWeights = await eager.weights.data();

  const replayed = makeToy();
  const { graph, results } = captured(captureStep(replayed.step));
  const actual = [await numbersOf(results)];
  for (let step = 1; step < 6; step++) {
    const inBetween = tidy(() => sum(matMul(randomNormal([20, 20]), randomNormal([20, 20]))));
    actual.push(await numbersOf(graph.replay()));
    inBetween.dispose();
    // A copy read on the way must not be taken for the numbers of a later step.
    if (step === 3) await replayed.weights.data();
  }
  expect(actual).toEqual(expected);
  expect(await replayed.weights.data()).toEqual(expectedWeights);
  expect(new Set(expected.flat()).size).toBe(6);
  graph.dispose();
  eager.dispose();
  replayed.dispose();
});

test("replays start as many kernels as were recorded, and create no buffers", async () => {
  const toy = makeToy();
  const { graph, results } = captured(captureStep(toy.step));
  await numbersOf(results);
  await numbersOf(graph.replay());
  const { device, bufferManager } = webGpuInternals();
  const before = { tensors: memory().numTensors, bytes: bufferManager.numBytesAllocated };
  const createBuffer = device.createBuffer.bind(device);
  let created = 0;
  device.createBuffer = (descriptor) => {
    created += 1;
    return createBuffer(descriptor);
  };
  for (let step = 0; step < 200; step++) {
    const replayed = graph.replay();
    if (step % 50 === 0) await numbersOf(replayed);
  }
  Reflect.deleteProperty(device, "createBuffer");
  expect(created).toBe(0);
  expect({ tensors: memory().numTensors, bytes: bufferManager.numBytesAllocated }).toEqual(before);
  expect(graph.dispatches).toBeGreaterThan(4);
  graph.dispose();
  toy.dispose();
});

test("a captured graph, once freed, leaves nothing behind", async () => {
  const tensors = memory().numTensors;
  let usedBefore = -1;
  const internals = webGpuInternals();
  for (let round = 0; round < 3; round++) {
    const toy = makeToy();
    const { graph, results } = captured(captureStep(toy.step));
    await numbersOf(results);
    await numbersOf(graph.replay());
    graph.dispose();
    toy.dispose();
    await internals.queue.onSubmittedWorkDone();
    const used = internals.bufferManager.getNumUsedBuffers();
    if (round > 0) expect(used).toBe(usedBefore);
    usedBefore = used;
  }
  expect(memory().numTensors).toBe(tensors);
});

test("a step that takes numbers from outside the device is refused, and the kernel named", () => {
  const x = keep(tensor2d([[1, 2, 3]]));
  const capture = captureStep(() => [tidy(() => add(matMul(x, randomNormal([3, 10])), scalar(1)))]);
  expect(capture).toMatchObject({ captured: false, refusal: { operation: "BatchMatMul" } });
  expect(capture.captured || capture.refusal.reason).toContain("float32[3, 10]");
  dispose([...capture.results, x]);
});

test("a step that reads a tensor back is refused, and still gives its results", async () => {
  const x = keep(tensor1d([1, 2, 3]));
  const capture = captureStep(() => [
    tidy(() => {
      const doubled = mul(x, 2);
      void doubled.data();
      return doubled;
    }),
  ]);
  expect(capture.captured || capture.refusal.reason).toContain("reads a tensor [3] back");
  expect(await taken(capture.results)).toEqual([2, 4, 6]);
  x.dispose();
});

test("a step that waits for a tensor throws, before it waits for ever", () => {
  const x = keep(tensor1d([1, 2, 3]));
  expect(() => captureStep(() => [tidy(() => mul(x, mul(x, 2).dataSync()[0] ?? 0))])).toThrow(
    "reads a tensor [3] back",
  );
  x.dispose();
});

test("a step that assigns a variable is refused, and the variable named", async () => {
  const weights = tidy(() => variable(tensor1d([1, 2]), true, "theWeights"));
  const capture = captureStep(() => {
    tidy(() => {
      weights.assign(mul(weights, 2));
    });
    return [];
  });
  expect(capture).toMatchObject({ captured: false, refusal: { operation: "variable theWeights" } });
  expect([...(await weights.data())]).toEqual([2, 4]);
  weights.dispose();
});

test("a replay is refused after a variable was assigned from outside", async () => {
  const toy = makeToy();
  const { graph, results } = captured(captureStep(toy.step));
  await numbersOf(results);
  const before = toy.weights.clone();
  tidy(() => {
    toy.weights.assign(tensor2d([[1], [1], [1]]));
  });
  expect(graph.stale).toBe(true);
  expect(() => graph.replay()).toThrow("captured anew");
  before.dispose();
  graph.dispose();
  toy.dispose();
});

test("an error of the step itself is passed on, and eager work goes on as before", async () => {
  expect(() =>
    captureStep(() =>
      tidy(() => {
        mul(tensor1d([1, 2]), 2);
        throw new Error("the step's own");
      }),
    ),
  ).toThrow("the step's own");
  const product = mul(tensor1d([3]), 2);
  expect([...(await product.data())]).toEqual([6]);
  product.dispose();
});

test("a recorded step goes on after a variable was assigned, with the new value", async () => {
  const [toy, eager] = [makeToy(), makeToy()];
  const recorded = recordStep(toy.step);
  for (let step = 0; step < 4; step++) {
    if (step === 2) {
      for (const { weights } of [toy, eager]) {
        tidy(() => {
          weights.assign(tensor2d([[1], [-1], [0.5]]));
        });
      }
    }
    expect(await numbersOf(recorded.run())).toEqual(await taken(eager.step()));
    expect(recorded.dispatches).toBeGreaterThan(4);
  }
  for (const held of [recorded, toy, eager]) held.dispose();
});

test("a step that cannot be recorded runs eagerly, and says why", async () => {
  const weights = tidy(() => variable(tensor1d([1, 2])));
  const recorded = recordStep(() => {
    tidy(() => {
      weights.assign(mul(weights, 2));
    });
    return [weights.clone()];
  });
  expect(recorded.refusal).toBeNull();
  expect(await numbersOf(recorded.run())).toEqual([2, 4]);
  expect(recorded.refusal?.reason).toContain("assigned");
  expect(await numbersOf(recorded.run())).toEqual([4, 8]);
  for (const held of [recorded, weights]) held.dispose();
});
