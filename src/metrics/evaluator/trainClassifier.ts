/** Trains the classifier on labelled images. It must not know where they come from, or where the weights go. */
import { logSoftmax, mean, mul, neg, oneHot, sum, tensor, tensor1d, tidy, type Scalar } from "@tensorflow/tfjs-core";
import { differentiate } from "../../engine/gradients.ts";
import { initAdam, updateAdam, type AdamState } from "../../engine/optimizers/adam.ts";
import { createBatchOrder } from "../../gan/batches.ts";
import type { Pass } from "../../gan/network.ts";
import { disposeOptimizer } from "../../gan/optimizer.ts";
import { present } from "../../shared/invariant.ts";
import { uniform } from "../../shared/random.ts";
import { buildClassifier, classify, type Classifier } from "./classifier.ts";
import type { LabelledImages } from "./labelledImages.ts";

export interface ClassifierTraining {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the first step; it falls linearly to 0. */
  readonly learningRate: number;
  /** Images are moved by up to so many pixels each way. */
  readonly largestShift: number;
}

export const CLASSIFIER_TRAINING: ClassifierTraining = {
  seed: 1,
  epochs: 10,
  batchSize: 100,
  learningRate: 2e-3,
  largestShift: 2,
};

/** Updates in all. */
export function stepsOf({ epochs, batchSize }: ClassifierTraining, images: number): number {
  return Math.ceil((epochs * images) / batchSize);
}

export interface ClassifierProgress {
  readonly step: number;
  readonly steps: number;
  /** Mean cross-entropy of the step's batch, in nats. */
  readonly loss: number;
}

const TRAINING: Pass = { training: true, batches: 1, dropoutMasks: null };
const ADAM = { beta1: 0.9, beta2: 0.999 } as const;

/** A classifier trained by cross-entropy, whose weights the caller frees. `onProgress` hears of every step. */
export async function trainClassifier(
  set: LabelledImages,
  classes: number,
  training: ClassifierTraining,
  onProgress: (progress: ClassifierProgress) => void,
): Promise<Classifier> {
  const classifier = buildClassifier(set.shape, classes, training.seed);
  const count = set.labels.length;
  const order = createBatchOrder(training.seed, count, count);
  const steps = stepsOf(training, count);
  const state = initAdam(classifier.network.parameters);
  for (let step = 0; step < steps; step++) {
    const items = order.items(step * training.batchSize, training.batchSize);
    const learningRate = training.learningRate * (1 - step / steps);
    const loss = update(classifier, state, batchOf(set, items, training, step), learningRate);
    const [value] = await loss.data();
    loss.dispose();
    onProgress({ step: step + 1, steps, loss: present(value, "the loss") });
  }
  disposeOptimizer({ type: "adam", ...state });
  return classifier;
}

interface Batch {
  /** [batch, height, width, channels] in [−1, 1] */
  readonly values: Float32Array;
  readonly shape: readonly number[];
  readonly labels: Int32Array;
}

/** One update; the loss before it, which the caller frees. */
function update(classifier: Classifier, state: AdamState, batch: Batch, learningRate: number): Scalar {
  return tidy(() => {
    const images = tensor(batch.values, [...batch.shape]);
    const targets = oneHot(tensor1d(batch.labels, "int32"), classifier.classes, 1, 0, "float32");
    const { parameters } = classifier.network;
    const { gradients, measured } = differentiate(() => {
      const { logits } = classify(classifier, images, TRAINING);
      const loss = neg<Scalar>(mean(sum(mul(targets, logSoftmax(logits)), 1)));
      return { objective: loss, measured: [loss] };
    }, parameters);
    updateAdam(state, parameters, gradients, { learningRate, ...ADAM });
    return present(measured[0], "the loss") as Scalar;
  });
}

/** The chosen images, each moved by a shift of its own; what comes in from outside is the darkest there is. */
function batchOf(
  { shape, pixels, labels }: LabelledImages,
  items: readonly number[],
  { seed, largestShift }: ClassifierTraining,
  step: number,
): Batch {
  const [height, width, channels] = shape;
  const rowSize = width * channels;
  const size = height * rowSize;
  const values = new Float32Array(items.length * size).fill(-1);
  const draws = uniform({ seed, stream: "augmentation", draw: step }, items.length * 2);
  const shift = (index: number) => Math.floor((draws[index] ?? 0) * (2 * largestShift + 1)) - largestShift;
  for (const [place, item] of items.entries()) {
    const [down, right] = [shift(2 * place), shift(2 * place + 1)];
    for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
      for (let column = Math.max(0, right) * channels; column < Math.min(width, width + right) * channels; column++) {
        const source = item * size + (row - down) * rowSize + column - right * channels;
        values[place * size + row * rowSize + column] = (pixels[source] ?? 0) / 127.5 - 1;
      }
    }
  }
  return {
    values,
    shape: [items.length, ...shape],
    labels: Int32Array.from(items, (item) => present(labels[item], "a label")),
  };
}
