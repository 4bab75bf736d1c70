import { expect, test } from "vitest";
import { jensenShannon, klDivergence } from "./divergences.ts";

test("equal counts are no way apart, whatever their number", () => {
  const counts = Float64Array.from([1, 2, 3, 0]);
  expect(klDivergence(counts, counts)).toBe(0);
  expect(
    jensenShannon(
      counts,
      counts.map((count) => 7 * count),
    ),
  ).toBeCloseTo(0, 12);
});

test("counts without a common cell are one bit apart, and KL stays finite", () => {
  expect(jensenShannon(Float64Array.from([5, 0]), Float64Array.from([0, 9]))).toBeCloseTo(1, 12);
  // (5.5/6) log₂(5.5/0.5 · 10/6) + (0.5/6) log₂(0.5/9.5 · 10/6), by hand.
  const expected = (5.5 / 6) * Math.log2((5.5 / 6) * (10 / 0.5)) + (0.5 / 6) * Math.log2((0.5 / 6) * (10 / 9.5));
  expect(klDivergence(Float64Array.from([5, 0]), Float64Array.from([0, 9]))).toBeCloseTo(expected, 12);
});

test("Jensen–Shannon is the entropy of the mixture less the mean entropy", () => {
  const entropy = (p: readonly number[]) => -p.reduce((sum, share) => sum + share * Math.log2(share), 0);
  const [p, q] = [
    [0.5, 0.3, 0.2],
    [0.1, 0.6, 0.3],
  ] as const;
  const middle = p.map((share, cell) => (share + (q[cell] ?? 0)) / 2);
  const counted = (shares: readonly number[]) => Float64Array.from(shares, (share) => 1000 * share);
  // Two ways to add up the same float64 numbers.
  expect(jensenShannon(counted(p), counted(q))).toBeCloseTo(entropy(middle) - (entropy(p) + entropy(q)) / 2, 12);
});

test("KL grows where the generator leaves out what the data have more than the other way round", () => {
  const data = Float64Array.from([500, 500]);
  const lost = Float64Array.from([1000, 0]);
  expect(klDivergence(data, lost)).toBeGreaterThan(klDivergence(lost, data));
});
