import {
  add,
  memory,
  mul,
  setBackend,
  sum,
  tensor,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { differentiate, valuesAndSlopes } from "../engine/gradients.ts";
import { present } from "../shared/invariant.ts";
import { discriminate, partsOf, withLabels } from "./conditioning.ts";
import { DEFAULT_CONFIG, type Config, type ConditioningConfig, type NetworkConfig } from "./config.ts";
import { along, derivative, DIGITS, draw, drawDirection } from "./finiteDifferences.ts";
import { createGan, type Gan } from "./gan.ts";
import { GRADIENT_PENALTIES } from "./gradientPenalties.ts";
import { EVALUATION, summary } from "./network.ts";

const SHAPE = [2, 2, 1];
const CLASSES = 3;

const GENERATOR: NetworkConfig = [
  { type: "dense", units: 4, useBias: true },
  { type: "reshape", targetShape: SHAPE },
];

const IMAGES_FIRST: NetworkConfig = [
  { type: "conv2d", filters: 2, kernelSize: 2, strides: 1, useBias: true },
  { type: "tanh" },
  { type: "flatten" },
  { type: "dense", units: 1, useBias: true },
];

const FLAT_FIRST: NetworkConfig = [
  { type: "flatten" },
  { type: "dense", units: 5, useBias: true },
  { type: "tanh" },
  { type: "dense", units: 1, useBias: true },
];

function config(conditioning: Config["conditioning"], discriminator = IMAGES_FIRST): Config {
  return { ...DEFAULT_CONFIG, latentDim: 4, generator: GENERATOR, discriminator, conditioning };
}

const KINDS: readonly ConditioningConfig[] = [
  { type: "concatenation" },
  { type: "projection" },
  { type: "auxiliaryClassifier", weight: 1 },
];

function labelsOf(...classes: readonly number[]): Tensor2D {
  return tensor2d(
    classes.flatMap((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0))),
    [classes.length, CLASSES],
  );
}

const numbers = (tensor: Tensor) => [...tensor.dataSync()];
const said = (gan: Gan, x: Tensor, labels: Tensor2D) => numbers(discriminate(gan, x, labels, EVALUATION));

beforeAll(async () => {
  await setBackend("cpu");
});

describe("a GAN that is told classes", () => {
  test("has a generator with an input for each class after the latent's", () => {
    const gan = createGan(config({ type: "projection" }), SHAPE, 1, CLASSES);
    expect(gan.classes).toBe(CLASSES);
    expect(gan.generator.inputShape).toEqual([4 + CLASSES]);
    expect(numbers(withLabels(tensor2d([1, 2, 3, 4], [1, 4]), labelsOf(1)))).toEqual([1, 2, 3, 4, 0, 1, 0]);
    gan.dispose();
  });

  test.for([
    [{ type: "concatenation" }, [2, 2, 1 + CLASSES], 2 * 2 * 2 * 4 + 2 + 8 + 1],
    [{ type: "projection" }, SHAPE, 2 * 2 * 2 + 2 + 8 + 1 + 8 * CLASSES],
    [{ type: "auxiliaryClassifier", weight: 1 }, SHAPE, 2 * 2 * 2 + 2 + 8 + 1 + 9 * CLASSES],
  ] as const)("has as many weights as %o needs, all of them counted", ([conditioning, inputShape, parameters]) => {
    const gan = createGan(config(conditioning), SHAPE, 1, CLASSES);
    expect(gan.discriminator.inputShape).toEqual(inputShape);
    expect(summary(gan.discriminator).parameters).toBe(parameters);
    const held = gan.discriminator.parameters.reduce((total, weight) => total + weight.size, 0);
    expect(held).toBe(parameters);
    gan.dispose();
  });

  test("puts labels after images that are flattened at once", () => {
    const gan = createGan(config({ type: "concatenation" }, FLAT_FIRST), SHAPE, 1, CLASSES);
    expect(gan.discriminator.inputShape).toEqual([4 + CLASSES]);
    gan.dispose();
  });

  test.for(KINDS)("scores an image by its label with $type, save for a classifier, which names it", (conditioning) => {
    for (const network of [IMAGES_FIRST, FLAT_FIRST]) {
      const gan = createGan(config(conditioning, network), SHAPE, 1, CLASSES);
      const x = draw(0, [1, ...SHAPE]);
      const answers = [0, 1, 2].map((label) => said(gan, x, labelsOf(label)));
      const scores = new Set(answers.map(([score]) => score));
      const classifies = conditioning.type === "auxiliaryClassifier";
      expect(scores.size).toBe(classifies ? 1 : 3);
      expect(answers[0]).toHaveLength(classifies ? 1 + CLASSES : 1);
      gan.dispose();
    }
  });

  test("adds a projection: the inner product of the features and the class's embedding", () => {
    const gan = createGan(config({ type: "projection" }, FLAT_FIRST), SHAPE, 1, CLASSES);
    const weight = (name: string) => present(gan.discriminator.weights.get(name), name);
    const x = draw(0, [1, ...SHAPE]);
    const bare = { ...gan, config: config(null, FLAT_FIRST) };
    const [plain = NaN] = said(bare, x, labelsOf(0));
    const hidden = numbers(x).reduce<number[]>(
      (sums, pixel, row) => {
        const kernel = numbers(weight("1.kernel"));
        return sums.map((total, unit) => total + pixel * (kernel[row * 5 + unit] ?? NaN));
      },
      numbers(weight("1.bias")),
    );
    const embeddings = numbers(weight("head.kernel"));
    for (const label of [0, 1, 2]) {
      const product = hidden.reduce(
        (total, sum, unit) => total + Math.tanh(sum) * (embeddings[unit * CLASSES + label] ?? NaN),
        0,
      );
      // A few products in float32.
      expect(said(gan, x, labelsOf(label))[0]).toBeCloseTo(plain + product, 5);
    }
    gan.dispose();
  });

  test("normalises the class embeddings where the last layer is normalised", () => {
    const spectral = FLAT_FIRST.map((layer) => (layer.type === "dense" ? { ...layer, spectralNorm: true } : layer));
    const gan = createGan(config({ type: "projection" }, spectral), SHAPE, 1, CLASSES);
    expect([...gan.discriminator.weights.keys()]).toEqual(expect.arrayContaining(["head.kernel", "head.u", "head.v"]));
    gan.dispose();
  });

  test("is refused where the data has no classes, or where no dense layer is last", () => {
    const before = memory().numTensors;
    expect(() => createGan(config({ type: "projection" }), SHAPE, 1)).toThrow("this data set has none");
    const summing: NetworkConfig = [
      { type: "conv2d", filters: 1, kernelSize: 2, strides: 1, useBias: true },
      { type: "globalSumPooling2d" },
    ];
    expect(() => createGan(config({ type: "projection" }, summing), SHAPE, 1, CLASSES)).toThrow(
      "so end with a dense layer",
    );
    const gan = createGan(config({ type: "concatenation" }, summing), SHAPE, 1, CLASSES);
    gan.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

/** A weighted sum of all that D says, so that every part of it counts. */
function judged(gan: Gan, labels: Tensor2D, x: Tensor): Scalar {
  const answer = discriminate(gan, x, labels, EVALUATION);
  return sum(
    mul(
      answer,
      tensor(
        numbers(answer).map((_, index) => 1 + 0.3 * index),
        answer.shape,
      ),
    ),
  );
}

describe.for(KINDS)("what D says with $type", (conditioning) => {
  test.for([IMAGES_FIRST, FLAT_FIRST])("has gradients by images and weights as finite differences say", (network) => {
    const gan = createGan(config(conditioning, network), SHAPE, 2, CLASSES);
    const labels = labelsOf(2, 0);
    const x = draw(0, [2, ...SHAPE]);
    const score = (images: Tensor) => partsOf(discriminate(gan, images, labels, EVALUATION)).logits;
    const objective = () => {
      const { values, slopes } = valuesAndSlopes(score, x);
      return sum<Scalar>(tensorSum([judged(gan, labels, x), GRADIENT_PENALTIES.wganGp.of(slopes), sum(values)]));
    };
    tidy(() => {
      const direction = drawDirection(1, x.shape);
      const expected = derivative((at) => sum(score(at)), x, direction);
      expect(along(valuesAndSlopes(score, x).slopes, direction)).toBeCloseTo(expected, DIGITS);
      const { parameters } = gan.discriminator;
      const { gradients } = differentiate(() => ({ objective: objective(), measured: [] }), parameters);
      for (const [index, parameter] of parameters.entries()) {
        const way = drawDirection(10 + index, parameter.shape);
        const original = parameter.clone();
        const slope = derivative(
          (at) => {
            parameter.assign(at);
            return objective();
          },
          original,
          way,
        );
        parameter.assign(original);
        expect(along(present(gradients[index], "a gradient"), way), String(index)).toBeCloseTo(slope, DIGITS);
      }
    });
    gan.dispose();
  });
});

function tensorSum(terms: readonly Tensor[]): Tensor {
  return terms.reduce((total, term) => add(total, term));
}
