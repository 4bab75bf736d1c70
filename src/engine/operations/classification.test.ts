import { grad, memory, mul, setBackend, tensor2d, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { startSimd } from "../simd/index.ts";
import { classification } from "./classification.ts";
import { classifiedByDefinition } from "./lossReferences.ts";

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

/** Groups, items of each, classes, and how far apart logits lie. */
const CASES = [
  [1, 3, 2, 1],
  [2, 7, 10, 3],
  [2, 64, 10, 0.1],
  [1, 5, 3, 200],
  [1, 1, 65, 1],
  [2, 31, 33, 1],
  [2, 65, 7, 1],
] as const;

function expectClose(actual: Tensor, expected: readonly number[]): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  // Roundings of 6e-8 of numbers up to some hundreds.
  for (const [index, value] of expected.entries()) {
    expect(Math.abs((values[index] ?? NaN) - value)).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)));
  }
}

describe.for(Object.entries(BACKENDS))("the classifier's loss on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  test.for(CASES)("of %i groups of %i items in %i classes is that of float64", ([groups, batch, classes, scale]) => {
    const before = memory().numTensors;
    const rows = groups * batch;
    const values = normal({ seed: 3, stream: "samples", draw: 0 }, rows * classes).map((value) => value * scale);
    const classOf = Array.from({ length: rows }, (_, row) => (row * 7 + 1) % classes);
    const oneHot = classOf.flatMap((right) => Array.from({ length: classes }, (_, k) => (k === right ? 1 : 0)));
    tidy(() => {
      const logits = tensor2d(values.slice(), [rows, classes]);
      const labels = tensor2d(oneHot, [rows, classes]);
      const expected = classifiedByDefinition(values, classOf, groups, classes);
      const { loss, accuracies } = classification(logits, labels, groups);
      expectClose(loss, [expected.loss]);
      expectClose(accuracies, expected.accuracies);
      const slopes = grad((x: Tensor) => classification(x as Tensor2D, labels, groups).loss)(logits);
      expectClose(slopes, expected.slopes);
    });
    expect(memory().numTensors).toBe(before);
  });

  test("is scaled by the weight that it is given in an objective", () => {
    tidy(() => {
      const [logits, labels] = [tensor2d([0, 0], [1, 2]), tensor2d([1, 0], [1, 2])];
      const slopes = grad((x: Tensor) => mul(classification(x as Tensor2D, labels, 1).loss, 3))(logits);
      expectClose(slopes, [-1.5, 1.5]);
    });
  });
});
