import { describe, expect, test } from "vitest";
import { normal } from "../shared/random.ts";
import { classifierScore } from "./classifierScore.ts";
import { rowsOf, type Rows } from "./rows.ts";

/** The formula as the paper writes it, in float64. */
function reference({ count, width, values }: Rows): number {
  const p = Array.from({ length: count }, (_, row) => {
    const weights = Array.from(values.subarray(row * width, (row + 1) * width), (logit) => Math.exp(logit));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
  const marginal = Array.from({ length: width }, (_, label) =>
    p.reduce((sum, row) => sum + (row[label] ?? NaN) / count, 0),
  );
  const divergence = (row: readonly number[]) =>
    row.reduce((sum, value, label) => sum + value * Math.log(value / (marginal[label] ?? NaN)), 0);
  return Math.exp(p.reduce((sum, row) => sum + divergence(row) / count, 0));
}

describe("the classifier score", () => {
  test("is the paper's formula", () => {
    const logits = rowsOf(
      normal({ seed: 1, stream: "samples", draw: 0 }, 500 * 10).map((value) => 3 * value),
      10,
    );
    // Both sum 5,000 terms in float64.
    expect(classifierScore(logits)).toBeCloseTo(reference(logits), 10);
  });

  test("is 1 where every image is taken for the same, and where nothing is known of any", () => {
    const same = Array.from({ length: 20 }, () => [50, 0, -50]).flat();
    expect(classifierScore(rowsOf(Float32Array.from(same), 3))).toBeCloseTo(1, 12);
    expect(classifierScore(rowsOf(new Float32Array(30), 3))).toBeCloseTo(1, 12);
  });

  test("is the number of classes where all are named evenly and without doubt, however large the logits", () => {
    const even = Array.from({ length: 40 }, (_, row) => [0, 1, 2, 3].map((label) => (row % 4 === label ? 1000 : 0)));
    expect(classifierScore(rowsOf(Float32Array.from(even.flat()), 4))).toBeCloseTo(4, 12);
  });
});
