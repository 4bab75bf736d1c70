/**
 * Everything that is measured of samples, one row a measure, and what a measurement is. A plain table: it must not know how
 * any of it is computed.
 */
import type { ClassHistogram } from "./classHistogram.ts";
import type { Spread } from "./spread.ts";

/** Samples that features are taken of; a Fréchet distance means something only beside others of equally many. */
export const SAMPLES = 2000;
/** Samples, and as many real images, among which neighbours are looked for. */
export const NEIGHBOUR_SAMPLES = 1000;
/** Samples, and as many real images, that are cut into patches. */
export const PATCH_SAMPLES = 256;
/** Samples whose nearest training image is looked for. */
export const COPY_SAMPLES = 32;

/** A class is covered when at least this share of all samples is recognised as one of it. */
export const COVERED = 0.01;

export interface Measure {
  readonly label: string;
  /** What it says, in words for a learner. */
  readonly help: string;
  /** Samples that it rests on. */
  readonly samples: number;
  /** Whether it needs a classifier of the data set. */
  readonly classified: boolean;
  /** Which way samples get better. Some have a right amount: that of real images. */
  readonly better: "higher" | "lower" | "asReal";
  /** How it is written: a number, a count, or a share of 1 as a percentage. */
  readonly kind: "number" | "count" | "share";
}

export const MEASURES = {
  frechet: {
    label: "Fréchet distance",
    help: "How far samples and real images lie apart in the eyes of a classifier: 0 is no difference, and unseen real images get a little more.",
    samples: SAMPLES,
    classified: true,
    better: "lower",
    kind: "number",
  },
  score: {
    label: "Classifier score",
    help: "How sure a classifier is of each sample, and how evenly it sees all classes. 1 is the worst, the number of classes the best.",
    samples: SAMPLES,
    classified: true,
    better: "higher",
    kind: "number",
  },
  covered: {
    label: "Classes covered",
    help: "Classes that at least one sample in a hundred is clearly one of. A generator that lost some has dropped modes.",
    samples: SAMPLES,
    classified: true,
    better: "higher",
    kind: "count",
  },
  precision: {
    label: "Precision",
    help: "Share of samples that lie among the real images: are they good?",
    samples: NEIGHBOUR_SAMPLES,
    classified: true,
    better: "higher",
    kind: "share",
  },
  recall: {
    label: "Recall",
    help: "Share of real images that lie among the samples: are they varied?",
    samples: NEIGHBOUR_SAMPLES,
    classified: true,
    better: "higher",
    kind: "share",
  },
  density: {
    label: "Density",
    help: "How crowded with samples the places are where real images lie: 1 is as crowded as they are themselves.",
    samples: NEIGHBOUR_SAMPLES,
    classified: true,
    better: "asReal",
    kind: "number",
  },
  coverage: {
    label: "Coverage",
    help: "Share of real images that have a sample nearby: varied, and not fooled by a few strays.",
    samples: NEIGHBOUR_SAMPLES,
    classified: true,
    better: "higher",
    kind: "share",
  },
  sharpness: {
    label: "Sharpness",
    help: "How strongly pixels differ from their neighbours, beside real images: below 100 % is blur, above it noise.",
    samples: NEIGHBOUR_SAMPLES,
    classified: false,
    better: "asReal",
    kind: "share",
  },
  copies: {
    label: "Copies",
    help: "Share of samples that are nearer to a training image than 99 in 100 unseen real images are. Much more than 1 % is memory, not skill.",
    samples: COPY_SAMPLES,
    classified: true,
    better: "asReal",
    kind: "share",
  },
  patches: {
    label: "Patch distance",
    help: "How far small patches of samples and real images lie apart, from fine to coarse: 0 is no difference.",
    samples: PATCH_SAMPLES,
    classified: false,
    better: "lower",
    kind: "number",
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof MEASURES;

export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

/** What was measured at one time; null where it was not, or cannot be for the data set. */
export interface Quality {
  readonly measures: Readonly<Record<MeasureName, number | null>>;
  /** On SAMPLES samples. */
  readonly histogram: ClassHistogram | null;
}

/** How unseen real images fare, measured in the place of samples: no generator needs to be better. */
export interface RealQuality {
  /** How many times they were measured, each time on others. */
  readonly subsets: number;
  readonly measures: Readonly<Record<MeasureName, Spread>>;
}

/** A measurement of a run. */
export interface QualityReading extends Quality {
  /** The step at which the generator stood as it was measured. */
  readonly step: number;
  /** Null for data without a classifier. */
  readonly real: RealQuality | null;
}
