/** An evaluator as one file: the classifier's weights, then what its features of all training images are. It must not know how it travels. */
import type { FeatureStatistics } from "../frechetDistance.ts";
import { FEATURES, type Classifier } from "./classifier.ts";
import { unpackWeights } from "./weightsFile.ts";

/** The mean, then the upper triangle of the covariance, row after row. */
const STATISTICS = FEATURES + (FEATURES * (FEATURES + 1)) / 2;
const FLOAT_BYTES = 4;
const STATISTICS_BYTES = STATISTICS * FLOAT_BYTES;

export interface Evaluator {
  readonly classifier: Classifier;
  /** Of all training images. */
  readonly statistics: FeatureStatistics;
}

/** The packed weights, as they are in a file. */
export function weightsIn(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return file.slice(0, Math.max(0, file.length - STATISTICS_BYTES));
}

export function packEvaluator(weights: Uint8Array, { mean, covariance }: FeatureStatistics): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(weights.length + STATISTICS_BYTES);
  file.set(weights);
  const view = new DataView(file.buffer, weights.length);
  const triangle = covariance.filter((_, index) => index % FEATURES >= Math.floor(index / FEATURES));
  for (const [index, value] of [...mean, ...triangle].entries()) view.setFloat32(index * FLOAT_BYTES, value, true);
  return file;
}

/** The evaluator of a file; the caller frees its classifier. Throws where the file has another size than it should have. */
export function unpackEvaluator(
  file: Uint8Array<ArrayBuffer>,
  imageShape: readonly number[],
  classes: number,
): Evaluator {
  const weights = weightsIn(file);
  const classifier = unpackWeights(weights, imageShape, classes);
  const view = new DataView(file.buffer, file.byteOffset + weights.length);
  const mean = new Float64Array(FEATURES);
  const covariance = new Float64Array(FEATURES * FEATURES);
  let offset = 0;
  const next = () => {
    const value = view.getFloat32(offset, true);
    offset += FLOAT_BYTES;
    return value;
  };
  for (let index = 0; index < FEATURES; index++) mean[index] = next();
  for (let i = 0; i < FEATURES; i++) {
    for (let j = i; j < FEATURES; j++) covariance[i * FEATURES + j] = covariance[j * FEATURES + i] = next();
  }
  return { classifier, statistics: { mean, covariance } };
}
