import { expect, test } from "vitest";
import { dividingScore, SCORE_SCALES, unlikeTraining } from "./scores.ts";

test("a logit of nothing stands in the middle of the scales that have one", () => {
  expect(SCORE_SCALES.nonSaturating.scoreOf(0)).toBe(SCORE_SCALES.nonSaturating.middle);
  expect(SCORE_SCALES.hinge.scoreOf(0)).toBe(SCORE_SCALES.hinge.middle);
});

test("the middle is half way between what each loss wants of fakes and of reals", () => {
  // 0 and 1 (Mao et al. 2017, section 3.1), and the two margins of the hinge (Miyato et al. 2018, equation 16).
  expect(SCORE_SCALES.leastSquares.middle).toBe((0 + 1) / 2);
  expect(SCORE_SCALES.hinge.middle).toBe((-1 + 1) / 2);
});

test("scores of a probability stay within its range, however sure the discriminator is", () => {
  expect([-1000, 1000].map(SCORE_SCALES.minimax.scoreOf)).toEqual([0, 1]);
});

test("without a middle, real begins half way between the two means", () => {
  expect(dividingScore(SCORE_SCALES.wasserstein, [-10, -20], [5])).toBe(-5);
  expect(dividingScore(SCORE_SCALES.hinge, [-10, -20], [5])).toBe(0);
});

test("it is said when scores are made otherwise than in training", () => {
  const dense = { type: "dense", units: 1, useBias: true } as const;
  expect(unlikeTraining([{ type: "flatten" }, dense])).toBe("");
  expect(unlikeTraining([{ type: "flatten" }, { type: "batchNorm" }, dense])).toContain(
    "judges with the running statistics",
  );
  expect(unlikeTraining([{ type: "dropout", rate: 0.3 }, { type: "batchNorm" }, dense])).toContain(
    "with the running statistics of batch norm and without dropout",
  );
  const block = { type: "residualBlock", filters: 8, kernelSize: 3, resample: "down", spectralNorm: false } as const;
  expect(unlikeTraining([{ ...block, normalization: "batchNorm" }, dense])).toContain("running statistics");
  expect(unlikeTraining([{ ...block, normalization: "none" }, dense])).toBe("");
});
