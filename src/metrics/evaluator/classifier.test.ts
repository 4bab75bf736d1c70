import { memory, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../../engine/simd/index.ts";
import { countMistakes } from "./accuracy.ts";
import { classify, disposeClassifier, FEATURES, judge, type Classifier } from "./classifier.ts";
import { imagesAt, type LabelledImages } from "./labelledImages.ts";
import { CLASSIFIER_TRAINING, stepsOf, trainClassifier, type ClassifierTraining } from "./trainClassifier.ts";
import { packWeights, unpackWeights } from "./weightsFile.ts";

const SHAPE = [12, 12, 1] as const;
const COUNT = 120;

/** Three kinds of images that nobody could confuse: a bar on the left, across the middle, or at the bottom. */
function barsAs(kind: number): Uint8Array {
  return Uint8Array.from({ length: 144 }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / 12), pixel % 12];
    const inside = [column > 2 && column < 6, row > 4 && row < 8, row > 8 || column > 9][kind] === true;
    return inside ? 200 + ((pixel * 7) % 56) : (pixel * 13) % 40;
  });
}

const BARS: LabelledImages = {
  shape: SHAPE,
  pixels: Uint8Array.from(Array.from({ length: COUNT }, (_, item) => [...barsAs(item % 3)]).flat()),
  labels: Uint8Array.from({ length: COUNT }, (_, item) => item % 3),
};

const SHORT: ClassifierTraining = { ...CLASSIFIER_TRAINING, epochs: 3, batchSize: 20, largestShift: 1 };

function trained(training = SHORT, onLoss: (loss: number) => void = () => undefined): Promise<Classifier> {
  return trainClassifier(BARS, 3, training, ({ loss }) => {
    onLoss(loss);
  });
}

beforeAll(async () => {
  await startSimd();
});

describe("the classifier", () => {
  test("learns to tell classes apart, by falling losses", async () => {
    const losses: number[] = [];
    const classifier = await trained(SHORT, (loss) => losses.push(loss));
    expect(losses.length).toBe(stepsOf(SHORT, COUNT));
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? NaN) / 2);
    disposeClassifier(classifier);
  });

  test("is the same for the same seed, bit for bit, and another for another", async () => {
    const [first, again, other] = [await trained(), await trained(), await trained({ ...SHORT, seed: 2 })];
    const packed = await Promise.all([first, again, other].map(packWeights));
    expect(packed[1]).toEqual(packed[0]);
    expect(packed[2]).not.toEqual(packed[0]);
    for (const classifier of [first, again, other]) disposeClassifier(classifier);
  });

  test("comes out of its file as it went in, but for the rounding to halves", async () => {
    const classifier = await trained({ ...SHORT, epochs: 6 });
    const packed = await packWeights(classifier);
    const unpacked = unpackWeights(packed, SHAPE, 3);
    expect(await packWeights(unpacked)).toEqual(packed);
    expect(await countMistakes(unpacked, BARS)).toBe(await countMistakes(classifier, BARS));
    expect(() => unpackWeights(packed.subarray(2), SHAPE, 3)).toThrow(/bytes of weights instead of/);
    disposeClassifier(classifier);
    disposeClassifier(unpacked);
  });

  test("counts as a mistake every image that it takes for one of another class", async () => {
    const classifier = await trained({ ...SHORT, epochs: 10 });
    const others = { ...BARS, labels: BARS.labels.map((label) => (label + 1) % 3) };
    expect(await countMistakes(classifier, BARS)).toBe(0);
    expect(await countMistakes(classifier, others)).toBe(COUNT);
    disposeClassifier(classifier);
  });

  test("judges images in rows of features and logits, and leaves no tensor behind", async () => {
    const classifier = await trained({ ...SHORT, epochs: 1 });
    const before = memory().numTensors;
    const images = imagesAt(BARS, 0, 5);
    const judged = judge(classifier, images);
    expect(judged.shape).toEqual([5, FEATURES + 3]);
    const rows = await judged.array();
    const { features, logits } = tidy(() => {
      const classified = classify(classifier, images);
      return { features: classified.features.arraySync(), logits: classified.logits.arraySync() };
    });
    expect(rows).toEqual(features.map((row, index) => [...row, ...(logits[index] ?? [])]));
    for (const held of [images, judged]) held.dispose();
    expect(memory().numTensors).toBe(before);
    disposeClassifier(classifier);
  });
});
