/**
 * The algorithm (Goodfellow et al. 2014, algorithm 1): one update of either player, and images of the generator. It knows
 * networks, losses and optimisers by their names alone; it must not know data sets, counters or backends.
 */
import {
  add,
  concat,
  concat1d,
  mul,
  reshape,
  scalar,
  split,
  tidy,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { differentiate, gradientNorm, overheard } from "../engine/gradients.ts";
import { adversarialLoss } from "../engine/operations/adversarialLoss.ts";
import { classification } from "../engine/operations/classification.ts";
import { clipGradients } from "../engine/optimizers/clipGradients.ts";
import { clipWeights } from "../engine/optimizers/clipWeights.ts";
import { present } from "../shared/invariant.ts";
import { augmented } from "./augmentation.ts";
import { advanceAverage, moveAverage } from "./average.ts";
import type { Phase } from "./config.ts";
import { discriminate, partsOf, withLabels } from "./conditioning.ts";
import type { DiscriminatorDraws, GeneratorDraws } from "./draws.ts";
import { flippedCost } from "./flippedLabels.ts";
import { setAveraging, shownGenerator, type Gan } from "./gan.ts";
import { penaltyWeight } from "./gradientPenalties.ts";
import { blurred } from "./instanceNoise.ts";
import { inTurn, judge } from "./judging.ts";
import { LOSSES, relativised } from "./losses.ts";
import { advanceNetwork, EVALUATION, forward } from "./network.ts";
import { trainingPass, type PassPurpose } from "./passes.ts";
import { advanceOptimizer, moveParameters } from "./optimizer.ts";
import { discriminatorWork, generatorWork, type LiveSettings } from "./work.ts";

export type { LiveSettings } from "./work.ts";

/** Names an update, so that all that it draws can be drawn again. */
export interface UpdateKey {
  readonly seed: number;
  /** Counts the updates of one player; both players may count from 0. */
  readonly update: number;
}

export interface DiscriminatorBatch extends DiscriminatorDraws {
  /** Real images x, [batch, ...dataShape] in [−1, 1]. */
  readonly real: Tensor;
  /** Their classes, [batch, classes], 1 at the class and 0 elsewhere; absent where the players are not told. */
  readonly realLabels?: Tensor2D | null;
}

export interface GeneratorBatch extends GeneratorDraws {
  /** Real images, and their classes, as the discriminator gets them; absent where the loss does not look at any. */
  readonly real?: Tensor | null;
  readonly realLabels?: Tensor2D | null;
}

/** What an update computes on its way, in this order, before any weight moves. */
export interface UpdateTensors {
  /** Latents, [batch, latentDim]. */
  readonly z: Tensor;
  /** Real images, where the update looks at any, and G(z): [batch, ...dataShape]. */
  readonly real: Tensor;
  readonly fake: Tensor;
  /** What they are images of, [batch, classes], 1 at the class; null where the players are not told. */
  readonly realLabels: Tensor | null;
  readonly labels: Tensor | null;
  /** The images as the discriminator is shown them: augmented and blurred, where the settings say so. */
  readonly shownReal: Tensor;
  readonly shownFake: Tensor;
  /** D(x), where real images are judged, then D(G(z)), as the loss takes them: [batch or 2 · batch, 1]. */
  readonly logits: Tensor;
  /** By the right labels, before any is flipped. */
  readonly loss: Tensor;
  /** What flipped labels add to it, and the chances that they were flipped by, real ones first: null where none are. */
  readonly flipped: Tensor | null;
  readonly chances: Tensor | null;
  /** What an auxiliary classifier adds, by its weight; null where there is none. */
  readonly classLoss: Tensor | null;
  /** The weighted gradient penalty, where there is one. */
  readonly penalty: Tensor | null;
  /** ∂loss / ∂G(z), [batch, ...dataShape]: what comes back to the generator through the discriminator. */
  readonly slopes: Tensor;
  /** One a parameter of the player that learns, before they are clipped. */
  readonly gradients: readonly Tensor[];
}

/** Is shown tensors as they come, lent for the call: who wants one longer keeps a copy. It must leave all state as it is. */
export type Onlooker = (tensors: Partial<UpdateTensors>) => void;

/** What the host does before an update of the discriminator, be it run or replayed: the live settings, and the counts. */
export function prepareDiscriminator(gan: Gan, live: LiveSettings, { seed, update }: UpdateKey): void {
  gan.draws.discriminator.set({ seed, draw: update });
  gan.live.set({ realTarget: live.labelSmoothing, fakeTarget: live.fakeLabelSmoothing });
  gan.noise.set({ deviation: live.instanceNoise ?? 0 });
  gan.flipping.set({ rate: live.labelFlipping });
  gan.weightClip.set({ limit: live.weightClip ?? 0 });
  gan.gradientClip.discriminator.set({ limit: live.gradientClip.discriminator ?? 0 });
  gan.penalty.set({ weight: penaltyWeight(live) });
  gan.work.discriminator = discriminatorWork(live, update);
  advanceOptimizer(gan.optimizers.discriminator, live.optimizer.discriminator);
}

/** The same before an update of the generator. */
export function prepareGenerator(gan: Gan, live: LiveSettings, { seed, update }: UpdateKey): void {
  gan.draws.generator.set({ seed, draw: update });
  gan.noise.set({ deviation: live.instanceNoise ?? 0 });
  gan.gradientClip.generator.set({ limit: live.gradientClip.generator ?? 0 });
  gan.work.generator = generatorWork(live);
  setAveraging(gan, live.averageDecay !== null);
  if (gan.average !== null) advanceAverage(gan.average, live.averageDecay ?? 0);
  advanceOptimizer(gan.optimizers.generator, live.optimizer.generator);
}

/** Ascend the discriminator. The result, which the caller frees, is that of `computeDiscriminator`. */
export function updateDiscriminator(gan: Gan, batch: DiscriminatorBatch, live: LiveSettings, key: UpdateKey): Tensor1D {
  prepareDiscriminator(gan, live, key);
  return computeDiscriminator(gan, batch);
}

/**
 * The work on the device in an update of the discriminator, by the settings that it was prepared with. The result, which the
 * caller frees: [loss, penalty, gradientNorm, mean σ(D(x)), mean σ(D(G(z)))] and, where D classifies, how often it is right
 * about x and about G(z).
 */
export function computeDiscriminator(gan: Gan, batch: DiscriminatorBatch, look?: Onlooker): Tensor1D {
  return tidy(() => {
    const { discriminator, config } = gan;
    const work = gan.work.discriminator;
    advanceNetwork(discriminator);
    const { z, labels = null, real, realLabels = null } = batch;
    const pass = trainingPass(gan.draws.discriminator, ["fakesForDiscriminator"]);
    const fake = forward(gan.generator, withLabels(z, labels), pass);
    look?.({ z, real, fake, labels, realLabels });
    const { realNoise, realAugmentation, noise, augmentation } = batch;
    const shownReal = disguised(gan, "discriminator", real, { noise: realNoise, augmentation: realAugmentation });
    const shownFake = disguised(gan, "discriminator", fake, { noise, augmentation });
    look?.({ shownReal, shownFake });

    const { gradients, measured } = differentiate(() => {
      const { logits: said, classLogits, penalty } = judge(gan, shownReal, shownFake, batch);
      const { discriminator: goals, generatorOfReal } = LOSSES[config.loss];
      const logits = generatorOfReal === null ? said : relativised(said);
      const { loss, scores } = adversarialLoss(logits, [goals.real, goals.fake], gan.live);
      const flipped = work.flipsLabels
        ? flippedCost(logits, present(batch.chances, "the chances of labels"), goals, gan.live, gan.flipping)
        : null;
      const named = classLogits && payForNames(gan, classLogits, inTurn(realLabels, labels), 2);
      look?.({ logits, loss, penalty, flipped, chances: batch.chances ?? null, classLoss: named?.loss ?? null });
      return {
        objective: sumOf([loss, flipped, penalty, named?.loss]),
        measured: [sumOf([loss, flipped]), penalty ?? scalar(0), scores, named?.accuracies],
      };
    }, discriminator.parameters);
    look?.({ gradients });
    const norm = gradientNorm(gradients);

    const held = work.clipsGradients ? clipGradients(gradients, norm, gan.gradientClip.discriminator) : gradients;
    moveParameters(gan.optimizers.discriminator, discriminator.parameters, held);
    if (work.clipsWeights) clipWeights(discriminator.parameters, gan.weightClip);

    const [loss, penalty, scores, accuracies] = measured;
    return inOneRow([loss, penalty, norm, scores, accuracies]);
  });
}

/** Descend the generator through D, which stays. The result, which the caller frees, is that of `computeGenerator`. */
export function updateGenerator(gan: Gan, batch: GeneratorBatch, live: LiveSettings, key: UpdateKey): Tensor1D {
  prepareGenerator(gan, live, key);
  return computeGenerator(gan, batch);
}

/**
 * The work on the device in an update of the generator, by the settings that it was prepared with. The result, which the
 * caller frees: [loss, gradientNorm, mean σ(D(G(z)))] and, where D classifies, how often it is right about G(z).
 */
export function computeGenerator(gan: Gan, batch: GeneratorBatch, look?: Onlooker): Tensor1D {
  return tidy(() => {
    const { generator, config } = gan;
    const work = gan.work.generator;
    const { z, labels = null } = batch;
    advanceNetwork(generator);
    const pass = (purpose: PassPurpose) => trainingPass(gan.draws.generator, [purpose]);

    const { gradients, measured } = differentiate(() => {
      const fake = overheard(
        forward(generator, withLabels(z, labels), pass("fakesForGenerator")),
        look &&
          ((slopes) => {
            look({ slopes });
          }),
      );
      const { generator: goal, generatorOfReal } = LOSSES[config.loss];
      const saidBefore = generatorOfReal === null ? null : saidOfReal(gan, batch, look);
      const shown = disguised(gan, "generator", fake, batch);
      const { logits: said, classLogits } = partsOf(discriminate(gan, shown, labels, pass("judgementForGenerator")));
      const logits = saidBefore === null ? said : relativised(concat([saidBefore, said]));
      const goals = generatorOfReal === null ? [goal] : [generatorOfReal, goal];
      const { loss, scores } = adversarialLoss(logits, goals, gan.live);
      const named = classLogits && payForNames(gan, classLogits, labels, 1);
      look?.({ z, fake, labels, shownFake: shown, logits, loss, classLoss: named?.loss ?? null });
      return {
        objective: sumOf([loss, named?.loss]),
        measured: [loss, lastOf(scores, goals.length), named?.accuracies],
      };
    }, generator.parameters);
    look?.({ gradients });
    const norm = gradientNorm(gradients);

    const held = work.clipsGradients ? clipGradients(gradients, norm, gan.gradientClip.generator) : gradients;
    moveParameters(gan.optimizers.generator, generator.parameters, held);
    if (work.averages) moveAverage(present(gan.average, "the average"), generator);

    const [loss, scores, accuracies] = measured;
    return inOneRow([loss, norm, scores, accuracies]);
  });
}

/**
 * Images for people and for measurements, by the running statistics: [count, ...dataShape] in [−1, 1], of latents with the
 * class after them, where the generator is told one (`withLabels`). The caller frees them.
 */
export function generate(gan: Gan, latents: Tensor2D): Tensor {
  return tidy(() => forward(shownGenerator(gan), latents, EVALUATION));
}

/** The logits of the real images that a generator is measured by, [batch, 1]. */
function saidOfReal(gan: Gan, batch: GeneratorBatch, look?: Onlooker): Tensor {
  const { realLabels = null, realNoise, realAugmentation } = batch;
  const real = present(batch.real, "the real images");
  const shown = disguised(gan, "generator", real, { noise: realNoise, augmentation: realAugmentation });
  look?.({ real, realLabels, shownReal: shown });
  const pass = trainingPass(gan.draws.generator, ["realForGenerator"]);
  return partsOf(discriminate(gan, shown, realLabels, pass)).logits;
}

/** The last of so many numbers, [1]. */
function lastOf(numbers: Tensor1D, count: number): Tensor1D {
  return count === 1 ? numbers : present(split<Tensor1D>(numbers, count).at(-1), "a score");
}

/** What data are augmented and blurred by. */
interface Disguise {
  readonly augmentation?: Tensor | null | undefined;
  readonly noise?: Tensor | null | undefined;
}

/** Data as the discriminator is shown them in an update of that player: augmented, and blurred after that. */
function disguised(gan: Gan, player: Phase, data: Tensor, { augmentation, noise }: Disguise): Tensor {
  const { augments, addsNoise } = gan.work[player];
  const changed =
    gan.places === null || augments.length === 0
      ? data
      : augmented(data, augments, present(augmentation, "the chances of augmentations"), gan.places);
  return addsNoise ? blurred(changed, present(noise, "the noise"), gan.noise) : changed;
}

/** What an auxiliary classifier costs both players by its weight, over groups of images, and how often it is right in each. */
function payForNames({ config }: Gan, classLogits: Tensor2D, labels: Tensor2D | null, groups: number) {
  const weight = config.conditioning?.type === "auxiliaryClassifier" ? config.conditioning.weight : 0;
  const { loss, accuracies } = classification(classLogits, present(labels, "the labels"), groups);
  return { loss: mul<Scalar>(loss, weight), accuracies };
}

function sumOf(terms: readonly (Scalar | null | undefined)[]): Scalar {
  return terms.filter((term) => term !== null && term !== undefined).reduce((sum, term) => add(sum, term));
}

function inOneRow(measurements: readonly (Tensor | undefined)[]): Tensor1D {
  const taken = measurements.filter((value) => value !== undefined);
  return concat1d(taken.map((value) => reshape<Rank.R1>(value, [-1])));
}
