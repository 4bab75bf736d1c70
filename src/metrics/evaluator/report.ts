/** What is known of an evaluator, measured on the weights as they are stored: it lies beside them. It computes nothing. */
import * as v from "valibot";

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

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
  weights: v.object({ parameters: wholeNumber, bytes: wholeNumber, sha256 }),
  /** On the images kept apart, none of which was trained on. */
  test: v.object({
    images: wholeNumber,
    mistakes: wholeNumber,
    accuracy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
});

export type EvaluatorReport = v.InferOutput<typeof evaluatorReportSchema>;
