/** How real images fare that no classifier and no generator has seen: the floor of every measure. It must not know who asks. */
import { classify, FEATURES, type Classifier } from "../../../src/metrics/evaluator/classifier.ts";
import { imagesAt, type LabelledImages } from "../../../src/metrics/evaluator/labelledImages.ts";
import type { EvaluatorReport } from "../../../src/metrics/evaluator/report.ts";
import { createFeatureSums, type FeatureStatistics } from "../../../src/metrics/frechetDistance.ts";
import { createImageSource } from "../../../src/metrics/imageSource.ts";
import { measureQuality } from "../../../src/metrics/measureQuality.ts";
import { copyDistance, typicalDistance } from "../../../src/metrics/memorisation.ts";
import { NearestImages } from "../../../src/metrics/nearestImages.ts";
import { MEASURE_NAMES, SAMPLES, type MeasureName, type Quality } from "../../../src/metrics/quality.ts";
import { createReference } from "../../../src/metrics/reference.ts";
import { rowsOf } from "../../../src/metrics/rows.ts";
import { spreadOf, type Spread } from "../../../src/metrics/spread.ts";
import { finish, finishLater } from "../../../src/metrics/work.ts";
import { present } from "../../../src/shared/invariant.ts";
import { tidy } from "@tensorflow/tfjs-core";
import type { Splits } from "./splits.ts";

/** Images judged at once. */
const CHUNK = 250;
/** Test images whose nearest training image says what a copy is. */
const UNSEEN = 1000;

/** Of the classifier's features of all images. */
export async function statisticsOf(classifier: Classifier, images: LabelledImages): Promise<FeatureStatistics> {
  const sums = createFeatureSums(FEATURES);
  for (let first = 0; first < images.labels.length; first += CHUNK) {
    const count = Math.min(CHUNK, images.labels.length - first);
    const features = tidy(() => classify(classifier, imagesAt(images, first, count)).features);
    sums.add(rowsOf(await features.data<"float32">(), FEATURES));
    features.dispose();
  }
  return sums.statistics();
}

/** Every measure on as many disjoint parts of the test images as there are, against the training images. */
export async function measureReal(
  classifier: Classifier,
  statistics: FeatureStatistics,
  { train, test }: Splits,
): Promise<EvaluatorReport["real"]> {
  const size = train.shape.reduce((product, dimension) => product * dimension, 1);
  const nearest = new NearestImages(train.shape);
  const findNearest = (image: Uint8Array) => nearest.find(train.pixels, image);
  const unseen = Array.from({ length: UNSEEN }, (_, index) => {
    return finish(findNearest(test.pixels.subarray(index * size, (index + 1) * size))).distance;
  });
  const known = { statistics, copyDistance: copyDistance(unseen) };
  const source = (images: LabelledImages, start: number) =>
    createImageSource(images.shape, classifier, (first, count) => imagesAt(images, start + first, count));
  const reference = await finishLater(createReference(source(train, 0), known, findNearest));

  const subsets = Math.floor(test.labels.length / SAMPLES);
  const measured: Quality[] = [];
  for (let subset = 0; subset < subsets; subset++) {
    measured.push(await finishLater(measureQuality(source(test, subset * SAMPLES), reference, "all")));
  }
  const spread = (name: MeasureName) => spreadOf(measured.map(({ measures }) => present(measures[name], name)));
  const measures = Object.fromEntries(MEASURE_NAMES.map((name) => [name, spread(name)]));
  return {
    subsets,
    measures: measures as Record<MeasureName, Spread>,
    copyDistance: known.copyDistance,
    typicalDistance: typicalDistance(unseen),
  };
}
