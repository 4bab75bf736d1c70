/** Trains an evaluator or reads the one there is, and measures its weights as they are stored. It must not know who asks. */
import * as v from "valibot";
import { DATA_SETS } from "../../../src/data/catalogue.ts";
import { startSimd } from "../../../src/engine/simd/index.ts";
import { detectFeatures } from "../../../src/engine/simd/module.ts";
import { countMistakes } from "../../../src/metrics/evaluator/accuracy.ts";
import { disposeClassifier } from "../../../src/metrics/evaluator/classifier.ts";
import { EVALUATORS } from "../../../src/metrics/evaluator/evaluators.ts";
import { packEvaluator, unpackEvaluator, weightsIn } from "../../../src/metrics/evaluator/evaluatorFile.ts";
import { evaluatorReportSchema, type EvaluatorReport } from "../../../src/metrics/evaluator/report.ts";
import { CLASSIFIER_TRAINING, stepsOf, trainClassifier } from "../../../src/metrics/evaluator/trainClassifier.ts";
import { HALF_BYTES, packWeights, unpackWeights } from "../../../src/metrics/evaluator/weightsFile.ts";
import { present } from "../../../src/shared/invariant.ts";
import type { EvaluatorEvent, EvaluatorRequest } from "./contract.ts";
import { measureReal, statisticsOf } from "./measureReal.ts";
import { readSplits, sha256Of, type Splits } from "./splits.ts";

declare const self: DedicatedWorkerGlobalScope;

/** Between two reports of progress. */
const PROGRESS_STEPS = 25;

interface StoredEvaluator {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly training: EvaluatorReport["training"];
}

function post(event: EvaluatorEvent): void {
  self.postMessage(event);
}

function addressOf(path: string): string {
  return new URL(`/${path}`, self.location.href).href;
}

async function make(request: EvaluatorRequest): Promise<void> {
  // Without relaxed SIMD every machine rounds alike.
  const { device } = await startSimd({ ...detectFeatures(), relaxed: false });
  post({ type: "started", device });
  const { shape, folder } = DATA_SETS[request.dataSet];
  const { classes, path } = present(EVALUATORS[request.dataSet], "the evaluator of the data set");
  const splits = await readSplits(addressOf(`${folder}/`));
  const stored = request.train ? await train(splits, classes.length, request.seed) : await readStored(path);

  const classifier = unpackWeights(stored.weights, shape, classes.length);
  const file = packEvaluator(stored.weights, await statisticsOf(classifier, splits.train));
  disposeClassifier(classifier);
  const images = splits.test.labels.length;
  const evaluator = unpackEvaluator(file, shape, classes.length);
  const mistakes = await countMistakes(evaluator.classifier, splits.test);
  const report: EvaluatorReport = {
    version: 1,
    dataSet: request.dataSet,
    dataSha256: splits.sha256,
    training: stored.training,
    file: { weights: stored.weights.length / HALF_BYTES, bytes: file.length, sha256: await sha256Of(file) },
    test: { images, mistakes, accuracy: (images - mistakes) / images },
    real: await measureReal(evaluator.classifier, evaluator.statistics, splits),
  };
  disposeClassifier(evaluator.classifier);
  post({ type: "done", file: [...file], report });
}

async function train({ train: set }: Splits, classes: number, seed: number): Promise<StoredEvaluator> {
  const training = { ...CLASSIFIER_TRAINING, seed };
  const classifier = await trainClassifier(set, classes, training, (progress) => {
    if (progress.step % PROGRESS_STEPS === 0) post({ type: "progress", ...progress });
  });
  const weights = await packWeights(classifier);
  disposeClassifier(classifier);
  const images = set.labels.length;
  return { weights, training: { ...training, images, steps: stepsOf(training, images) } };
}

async function readStored(path: string): Promise<StoredEvaluator> {
  const [file, report] = await Promise.all([fetch(addressOf(`${path}.bin`)), fetch(addressOf(`${path}.json`))]);
  if (!file.ok || !report.ok) throw new Error("There is no evaluator to measure yet; train one first.");
  const { training } = v.parse(v.pick(evaluatorReportSchema, ["training"]), await report.json());
  return { weights: weightsIn(new Uint8Array(await file.arrayBuffer())), training };
}

self.addEventListener("message", ({ data }: MessageEvent<EvaluatorRequest>) => {
  make(data).catch((error: unknown) => {
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  });
});
