/** What samples are held to: real images, taken in once for many measurements. It must not know how samples are made. */
import { invariant } from "../shared/invariant.ts";
import { DENSITY_NEIGHBOURS } from "./densityCoverage.ts";
import { neighbourDistances, squaredDistances } from "./distances.ts";
import { FEATURES } from "./evaluator/classifier.ts";
import type { FeatureStatistics } from "./frechetDistance.ts";
import { takeAll, type ImageSource } from "./imageSource.ts";
import type { NearestImage } from "./nearestImages.ts";
import { PRECISION_NEIGHBOURS } from "./precisionRecall.ts";
import { NEIGHBOUR_SAMPLES, PATCH_SAMPLES } from "./quality.ts";
import { columnsOf, type Rows } from "./rows.ts";
import { sharpness } from "./sharpness.ts";
import type { LongWork, Work } from "./work.ts";

/** What is known of a data set beside its images, where it has a classifier. */
export interface KnownOfData {
  /** Of the features of all training images. */
  readonly statistics: FeatureStatistics;
  /** A sample nearer than that to a training image counts as a copy; see memorisation.ts. */
  readonly copyDistance: number;
}

export interface QualityReference {
  readonly known: KnownOfData | null;
  readonly neighbours: {
    /** [NEIGHBOUR_SAMPLES, FEATURES] */
    readonly features: Rows;
    /** Squared distance of each to its neighbours of that rank. */
    readonly precisionRadii: Float32Array;
    readonly densityRadii: Float32Array;
  } | null;
  readonly sharpness: number;
  /** [PATCH_SAMPLES, height, width, channels] */
  readonly patchImages: Uint8Array;
  /** The training image that is nearest to a sample. */
  findNearest(this: void, image: Uint8Array): Work<NearestImage>;
}

/** A reference by the first images of `real`, of which there must be NEIGHBOUR_SAMPLES. */
export async function* createReference(
  real: ImageSource,
  known: KnownOfData | null,
  findNearest: QualityReference["findNearest"],
): LongWork<QualityReference> {
  const { pixels, judged } = yield* takeAll(real, NEIGHBOUR_SAMPLES);
  invariant((judged === null) === (known === null), "what is known of data comes with its classifier");
  const size = real.shape.reduce((product, dimension) => product * dimension, 1);
  return {
    known,
    neighbours: judged === null ? null : yield* neighboursOf(columnsOf(judged, 0, FEATURES)),
    sharpness: sharpness(pixels, real.shape),
    patchImages: pixels.subarray(0, PATCH_SAMPLES * size),
    findNearest,
  };
}

function* neighboursOf(features: Rows): Work<NonNullable<QualityReference["neighbours"]>> {
  const within = yield* squaredDistances(features, features);
  return {
    features,
    precisionRadii: neighbourDistances(within, PRECISION_NEIGHBOURS),
    densityRadii: neighbourDistances(within, DENSITY_NEIGHBOURS),
  };
}
