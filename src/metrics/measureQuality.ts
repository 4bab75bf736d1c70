/** One measurement of samples, in small portions, beside a reference. It must not know when it is made, or who looks at it. */
import { classesCovered, classHistogram } from "./classHistogram.ts";
import { classifierScore } from "./classifierScore.ts";
import { densityCoverage } from "./densityCoverage.ts";
import { neighbourDistances, squaredDistances } from "./distances.ts";
import { FEATURES } from "./evaluator/classifier.ts";
import { featureStatistics, frechetDistance } from "./frechetDistance.ts";
import { takeAll, type ImageSource } from "./imageSource.ts";
import { copiedShare } from "./memorisation.ts";
import { PRECISION_NEIGHBOURS, precisionRecall } from "./precisionRecall.ts";
import { COPY_SAMPLES, NEIGHBOUR_SAMPLES, PATCH_SAMPLES, SAMPLES, type Quality } from "./quality.ts";
import type { QualityReference } from "./reference.ts";
import { columnsOf, firstRows, type Rows } from "./rows.ts";
import { sharpness } from "./sharpness.ts";
import { slicedWasserstein } from "./slicedWasserstein.ts";
import type { LongWork, Work } from "./work.ts";

type Measures = Quality["measures"];

const NOTHING: Measures = {
  frechet: null,
  score: null,
  covered: null,
  precision: null,
  recall: null,
  density: null,
  coverage: null,
  sharpness: null,
  copies: null,
  patches: null,
};

/** Between portions of a few milliseconds whoever measures may rest. What is known of the classifier's view is measured. */
export async function* measureQuality(
  samples: ImageSource,
  reference: QualityReference,
  extent: "all" | "watched",
): LongWork<Quality> {
  const classified = reference.known !== null;
  const { pixels, judged } = yield* takeAll(samples, classified ? SAMPLES : NEIGHBOUR_SAMPLES);
  const size = samples.shape.reduce((product, dimension) => product * dimension, 1);
  const sharpnessOfSamples = sharpness(pixels.subarray(0, NEIGHBOUR_SAMPLES * size), samples.shape);
  yield;
  const needsPatches = extent === "all" || !classified;
  const patchImages = pixels.subarray(0, PATCH_SAMPLES * size);
  const withoutClassifier = {
    ...NOTHING,
    sharpness: sharpnessOfSamples / reference.sharpness,
    patches: needsPatches ? yield* slicedWasserstein(patchImages, reference.patchImages, samples.shape) : null,
  };
  if (judged === null) return { measures: withoutClassifier, histogram: null };
  const logits = columnsOf(judged, FEATURES, judged.width);
  const histogram = classHistogram(logits);
  yield;
  const measures = {
    ...withoutClassifier,
    score: classifierScore(logits),
    covered: classesCovered(histogram),
    ...(yield* measureFeatures(columnsOf(judged, 0, FEATURES), reference)),
    copies: yield* measureCopies(pixels, size, reference),
  };
  return { measures, histogram };
}

function* measureFeatures(features: Rows, { known, neighbours }: QualityReference): Work<Partial<Measures>> {
  if (known === null || neighbours === null) return {};
  const frechet = frechetDistance(featureStatistics(features), known.statistics);
  yield;
  const some = firstRows(features, NEIGHBOUR_SAMPLES);
  const among = yield* squaredDistances(some, some);
  const between = yield* squaredDistances(neighbours.features, some);
  const sampleRadii = neighbourDistances(among, PRECISION_NEIGHBOURS);
  yield;
  return {
    frechet,
    ...precisionRecall(between, neighbours.precisionRadii, sampleRadii),
    ...densityCoverage(between, neighbours.densityRadii),
  };
}

function* measureCopies(pixels: Uint8Array, size: number, reference: QualityReference): Work<number | null> {
  if (reference.known === null) return null;
  const distances: number[] = [];
  for (let sample = 0; sample < COPY_SAMPLES; sample++) {
    const image = pixels.subarray(sample * size, (sample + 1) * size);
    distances.push((yield* reference.findNearest(image)).distance);
    yield;
  }
  return copiedShare(distances, reference.known.copyDistance);
}
