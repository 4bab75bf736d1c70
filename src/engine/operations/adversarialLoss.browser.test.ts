import { env, grad, memory, setBackend, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { createLiveNumbers } from "../liveNumbers.ts";
import { adversarialLoss, LOSS_LIVE, type Goal } from "./adversarialLoss.ts";
import { registerAdversarialLoss } from "./adversarialLoss.wgsl.ts";
import { judgedByDefinition } from "./lossReferences.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerAdversarialLoss();
});

const TARGETS = { realTarget: 0.9, fakeTarget: 0.125 };

const HINGED: readonly Goal[] = [
  { term: "crossEntropy", target: "realTarget", weight: 1 },
  { term: "hinge", target: -1, weight: 0.5 },
];
const STRAIGHT: readonly Goal[] = [
  { term: "linear", target: 1, weight: -1 },
  { term: "squaredDistance", target: "fakeTarget", weight: 1 },
];
const ALONE: readonly Goal[] = [{ term: "crossEntropy", target: 0, weight: -1 }];

/** Logits of a group, and goals that have between them every term, both kinds of targets, and weights of both signs. */
const CASES: readonly (readonly [batch: number, goals: readonly Goal[]])[] = [
  [1, HINGED],
  [3, STRAIGHT],
  [7, ALONE],
  [31, HINGED],
  [33, STRAIGHT],
  [65, ALONE],
  [65, HINGED],
];

/** The numbers of a tensor, which is freed. */
async function taken(tensor: Tensor): Promise<readonly number[]> {
  const values = [...(await tensor.data())];
  tensor.dispose();
  return values;
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) {
    // WGSL allows e^x some units in the last place and a logarithm near 0 an absolute error of 2⁻²¹.
    expect(Math.abs((actual[index] ?? NaN) - value)).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)));
  }
}

async function check(logits: Float32Array, goals: readonly Goal[]): Promise<void> {
  const before = memory().numTensors;
  const live = createLiveNumbers(LOSS_LIVE);
  live.set(TARGETS);
  const { loss, scores, slopes } = tidy(() => {
    const x = tensor(logits.slice(), [logits.length, 1]);
    const slopes = grad((input: Tensor) => adversarialLoss(input, goals, live).loss)(x);
    return { ...adversarialLoss(x, goals, live), slopes };
  });
  const expected = judgedByDefinition(logits, goals, TARGETS);
  expectClose(await taken(loss), [expected.loss]);
  expectClose(await taken(scores), expected.scores);
  expectClose(await taken(slopes), expected.slopes);
  live.dispose();
  expect(memory().numTensors).toBe(before);
}

test.for(CASES)("the loss of %i logits a group on WebGPU is that of float64, for %o", async ([batch, goals]) => {
  await check(
    normal({ seed: 5, stream: "samples", draw: 0 }, goals.length * batch).map((l) => 3 * l),
    goals,
  );
});

test("logits far out cost on WebGPU what they should", async () => {
  await check(Float32Array.of(-80, -20, 0, 20, 80), [{ term: "crossEntropy", target: "realTarget", weight: 1 }]);
});
