import { beforeAll, expect, test } from "vitest";
import { startSimd } from "../../engine/simd/index.ts";
import { normal } from "../../shared/random.ts";
import { featureStatistics } from "../frechetDistance.ts";
import { rowsOf } from "../rows.ts";
import { buildClassifier, disposeClassifier, FEATURES } from "./classifier.ts";
import { packEvaluator, unpackEvaluator, weightsIn } from "./evaluatorFile.ts";
import { packWeights } from "./weightsFile.ts";

beforeAll(async () => {
  await startSimd();
});

test("an evaluator comes out of its file with the same weights, and statistics rounded to float32", async () => {
  const shape = [8, 8, 1];
  const classifier = buildClassifier(shape, 3, 1);
  const weights = await packWeights(classifier);
  const features = normal({ seed: 1, stream: "samples", draw: 0 }, 200 * FEATURES);
  const statistics = featureStatistics(rowsOf(features, FEATURES));
  const file = packEvaluator(weights, statistics);
  expect(weightsIn(file)).toEqual(weights);

  const unpacked = unpackEvaluator(file, shape, 3);
  expect(await packWeights(unpacked.classifier)).toEqual(weights);
  expect(Float32Array.from(unpacked.statistics.mean)).toEqual(Float32Array.from(statistics.mean));
  expect(Float32Array.from(unpacked.statistics.covariance)).toEqual(Float32Array.from(statistics.covariance));
  expect(() => unpackEvaluator(file.slice(2), shape, 3)).toThrow(/bytes of weights instead of/);
  for (const held of [classifier, unpacked.classifier]) disposeClassifier(held);
});
