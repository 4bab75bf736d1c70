/** For tests: the files of an evaluator whose classifier has learnt nothing. What it reads is as good to be led by. */
import { buildClassifier, disposeClassifier, FEATURES } from "../../metrics/evaluator/classifier.ts";
import { packEvaluator } from "../../metrics/evaluator/evaluatorFile.ts";
import { packWeights } from "../../metrics/evaluator/weightsFile.ts";
import { MEASURE_NAMES, type RealQuality } from "../../metrics/quality.ts";
import type { EvaluatorFiles } from "../openEvaluator.ts";
import { ENTRY } from "../testHarness.ts";

/** Made on the backend that runs. */
export async function pretendEvaluator(): Promise<EvaluatorFiles> {
  const classes = ENTRY.classes.length;
  const classifier = buildClassifier(ENTRY.shape, classes, 4);
  const statistics = { mean: new Float64Array(FEATURES), covariance: new Float64Array(FEATURES * FEATURES) };
  const file = packEvaluator(await packWeights(classifier), statistics);
  disposeClassifier(classifier);
  const measures = Object.fromEntries(MEASURE_NAMES.map((name) => [name, { mean: 0, deviation: 0 }]));
  const real = { subsets: 1, measures: measures as RealQuality["measures"], copyDistance: 0, typicalDistance: 0 };
  return { file, report: { real }, classes };
}
