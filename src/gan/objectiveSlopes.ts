/**
 * For tests: what a discriminator is asked for under every penalty and every way of telling it classes, through spectral norms,
 * and how much that grows along its weights. It must not know the backend.
 */
import {
  add,
  concat,
  dispose,
  mul,
  sum,
  Tensor,
  tensor,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { differentiate } from "../engine/gradients.ts";
import { present } from "../shared/invariant.ts";
import { DEFAULT_CONFIG, type Config, type NetworkConfig } from "./config.ts";
import { differenceAround, draw, drawDirection } from "./finiteDifferences.ts";
import { createGan, type Gan } from "./gan.ts";
import { judge, type JudgedLabels, type PenaltyDraws } from "./judging.ts";
import { prepareDiscriminator } from "./trainStep.ts";

const SHAPE = [4, 4, 2];
const CLASSES = 3;
const BATCH = 4;

const GENERATOR: NetworkConfig = [
  { type: "dense", units: 32, useBias: true },
  { type: "reshape", targetShape: SHAPE },
];

/** Smooth throughout, so that no difference meets a kink. */
const DISCRIMINATOR: NetworkConfig = [
  { type: "conv2d", filters: 3, kernelSize: 3, strides: 1, useBias: true, spectralNorm: true },
  { type: "tanh" },
  { type: "averagePooling2d", poolSize: 2 },
  { type: "minibatchStdDev", groupSize: 2 },
  { type: "flatten" },
  { type: "dense", units: 1, useBias: true, spectralNorm: true },
];

const penalty = (type: "wganGp" | "dragan" | "r1" | "r2") => ({ type, weight: 1, every: 1 }) as const;

/** Every penalty, and every way of telling classes. */
export const OBJECTIVES: Readonly<Record<string, Pick<Config, "gradientPenalty" | "conditioning">>> = {
  "WGAN-GP, labels beside the images": {
    gradientPenalty: penalty("wganGp"),
    conditioning: { type: "concatenation" },
  },
  "DRAGAN, a projection of labels": { gradientPenalty: penalty("dragan"), conditioning: { type: "projection" } },
  "R1, an auxiliary classifier": {
    gradientPenalty: penalty("r1"),
    conditioning: { type: "auxiliaryClassifier", weight: 1 },
  },
  "R2, no labels": { gradientPenalty: penalty("r2"), conditioning: null },
};

interface Judged extends PenaltyDraws, JudgedLabels {
  readonly real: Tensor;
  readonly fake: Tensor;
}

function judgedImages(isTold: boolean): Judged {
  const labelsOf = (...classes: readonly number[]): Tensor2D =>
    tensor2d(
      classes.flatMap((label) => Array.from({ length: CLASSES }, (_, k) => (k === label ? 1 : 0))),
      [BATCH, CLASSES],
    );
  const images = (key: number) => draw(key, [BATCH, ...SHAPE]);
  return {
    real: images(0),
    fake: images(1),
    perturbation: images(2),
    epsilon: tensor([0.1, 0.35, 0.6, 0.85]),
    ...(isTold ? { realLabels: labelsOf(0, 1, 2, 1), labels: labelsOf(2, 2, 0, 1) } : {}),
  };
}

/** All that D says of real and fake images, each number by a weight of its own, and its penalty. */
function objective(gan: Gan, judged: Judged): Scalar {
  const { logits, classLogits, penalty } = judge(gan, judged.real, judged.fake, judged);
  const said = classLogits === null ? logits : concat([logits, classLogits], 1);
  const weights = tensor(
    Array.from({ length: said.size }, (_, index) => Math.sin(1 + index)),
    said.shape,
  );
  return add(sum<Scalar>(mul(said, weights)), present(penalty, "the penalty"));
}

/** A GAN of that objective, ready for an update of its discriminator. */
function createCase(changes: Pick<Config, "gradientPenalty" | "conditioning">): Gan {
  const config = {
    ...{ ...DEFAULT_CONFIG, batchSize: BATCH, latentDim: 3 },
    ...{ generator: GENERATOR, discriminator: DISCRIMINATOR },
    ...changes,
  };
  const gan = createGan(config, SHAPE, 3, CLASSES);
  prepareDiscriminator(gan, config, { seed: 3, update: 0 });
  return gan;
}

/** Along one direction through all weights: what gradients say that the objective grows, and what it grows by differences. */
export async function objectiveSlopes(name: string): Promise<{ readonly ours: number; readonly expected: number }> {
  const changes = present(OBJECTIVES[name], "the objective");
  const gan = createCase(changes);
  const { parameters } = gan.discriminator;
  const judged = judgedImages(changes.conditioning !== null);
  const ways = directions(parameters.map(({ shape }) => shape));
  const originals = parameters.map((parameter) => parameter.clone());
  const ours = await numberOf(() => {
    const { gradients } = differentiate(() => ({ objective: objective(gan, judged), measured: [] }), parameters);
    return gradients
      .map((gradient, index) => sum<Scalar>(mul(gradient, present(ways[index], "a direction"))))
      .reduce(add);
  });
  const expected = await differenceAround(async (step) => {
    for (const [index, parameter] of parameters.entries()) {
      const [original, way] = [present(originals[index], "a weight"), present(ways[index], "a direction")];
      tidy(() => {
        parameter.assign(add(original, mul(way, step)));
      });
    }
    return numberOf(() => objective(gan, judged));
  });
  gan.dispose();
  dispose([...ways, ...originals, ...Object.values(judged).filter((held) => held instanceof Tensor)]);
  return { ours, expected };
}

/** One direction of length one through tensors of these shapes. */
function directions(shapes: readonly (readonly number[])[]): readonly Tensor[] {
  return shapes.map((shape, index) => tidy(() => mul(drawDirection(10 + index, shape), 1 / Math.sqrt(shapes.length))));
}

async function numberOf(compute: () => Scalar): Promise<number> {
  const result = tidy(compute);
  const [number = NaN] = await result.data();
  result.dispose();
  return number;
}
