import { expect, test } from "vitest";
import { histogram, picked, ranked, scoreRange } from "./ranking.ts";

const SCORES = [0.5, NaN, 0.1, 0.5, 0.9];

test("ranks by score either way, with equal scores as they stood and what is no number at the end", () => {
  expect(ranked(SCORES, "place")).toEqual([0, 1, 2, 3, 4]);
  expect(ranked(SCORES, "falling")).toEqual([4, 0, 3, 2, 1]);
  expect(ranked(SCORES, "rising")).toEqual([2, 0, 3, 4, 1]);
});

test("picks whole images with their scores", () => {
  const images = { count: 3, shape: [1, 2, 1] as const, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  const two = picked({ images, scores: [0.1, 0.2, 0.3] }, [2, 0]);
  expect(two.scores).toEqual([0.3, 0.1]);
  expect(two.images).toEqual({ count: 2, shape: [1, 2, 1], pixels: Uint8Array.of(5, 6, 1, 2) });
});

test("counts every score once, with those outside at the ends", () => {
  expect(histogram([-5, 0, 0.24, 0.25, 0.99, 1, 7, NaN], [0, 1], 4)).toEqual([3, 1, 0, 3]);
});

test("a range without bounds reaches around all finite scores", () => {
  const [least, greatest] = scoreRange([-2, 8, Infinity], null);
  expect(least).toBeLessThan(-2);
  expect(greatest).toBeGreaterThan(8);
  expect(greatest).toBeLessThan(9);
  expect(scoreRange([3, 3], null)).toEqual([2, 4]);
  expect(scoreRange([], null)).toEqual([0, 1]);
  expect(scoreRange([5], [0, 1])).toEqual([0, 1]);
});
