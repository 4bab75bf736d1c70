/** What is known of an evaluator, measured on the file as it is stored: it lies beside it. It computes nothing. */
import * as v from "valibot";
import { MEASURE_NAMES, type MeasureName } from "../quality.ts";

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const spread = v.object({ mean: v.number(), deviation: v.pipe(v.number(), v.minValue(0)) });

type SpreadSchemas = Readonly<Record<MeasureName, typeof spread>>;

export const evaluatorReportSchema = v.object({
  version: v.literal(1),
  dataSet: v.string(),
  /** Of the checksums of all parts of the data set, in their order. */
  dataSha256: sha256,
  training: v.object({
    seed: wholeNumber,
    epochs: wholeNumber,
    batchSize: wholeNumber,
    learningRate: v.number(),
    largestShift: wholeNumber,
    steps: wholeNumber,
    images: wholeNumber,
  }),
  file: v.object({ weights: wholeNumber, bytes: wholeNumber, sha256 }),
  /** On the images kept apart, none of which was trained on. */
  test: v.object({ images: wholeNumber, mistakes: wholeNumber, accuracy: share }),
  /** What samples are compared with: the test images, measured in the place of samples. */
  real: v.object({
    /** How many times, each on images of their own. */
    subsets: wholeNumber,
    measures: v.object(Object.fromEntries(MEASURE_NAMES.map((name) => [name, spread])) as SpreadSchemas),
    /** A sample nearer than that to a training image counts as a copy, and the share of test images that are nearer. */
    copyDistance: v.number(),
    /** How far a test image typically is from its nearest training image: half of them are nearer. */
    typicalDistance: v.number(),
  }),
});

export type EvaluatorReport = v.InferOutput<typeof evaluatorReportSchema>;
