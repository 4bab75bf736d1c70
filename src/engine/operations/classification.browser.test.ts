import { env, grad, memory, setBackend, tensor2d, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { classification } from "./classification.ts";
import { registerClassification } from "./classification.wgsl.ts";
import { classifiedByDefinition } from "./lossReferences.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerClassification();
});

/** Groups, items of each, classes, and how far apart logits lie. */
const CASES = [
  [1, 1, 3, 1],
  [2, 3, 7, 3],
  [1, 7, 65, 1],
  [2, 31, 2, 0.1],
  [1, 33, 31, 60],
  [2, 65, 10, 3],
] as const;

test.for(CASES)("%i groups of %i items in %i classes", async ([groups, batch, classes, scale]) => {
  const before = memory().numTensors;
  const rows = groups * batch;
  const values = normal({ seed: 3, stream: "samples", draw: 0 }, rows * classes).map((value) => value * scale);
  const classOf = Array.from({ length: rows }, (_, row) => (row * 7 + 1) % classes);
  const oneHot = classOf.flatMap((right) => Array.from({ length: classes }, (_, k) => (k === right ? 1 : 0)));
  const results = tidy(() => {
    const [logits, labels] = [tensor2d(values.slice(), [rows, classes]), tensor2d(oneHot, [rows, classes])];
    const { loss, accuracies } = classification(logits, labels, groups);
    const slopes = grad((x: Tensor) => classification(x as Tensor2D, labels, groups).loss)(logits);
    return { loss, accuracies, slopes };
  });
  const { loss, accuracies, slopes } = classifiedByDefinition(values, classOf, groups, classes);
  for (const [result, expected] of [
    [results.loss, [loss]],
    [results.accuracies, accuracies],
    [results.slopes, slopes],
  ] as const) {
    const actual = await result.data();
    expect(actual.length).toBe(expected.length);
    for (const [index, value] of expected.entries()) {
      // WGSL allows e^x some units in the last place; sums of up to 65 of them.
      expect(Math.abs((actual[index] ?? NaN) - value)).toBeLessThan(4e-6 * Math.max(1, Math.abs(value)));
    }
    result.dispose();
  }
  expect(memory().numTensors).toBe(before);
});
