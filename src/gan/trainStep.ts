/**
 * The algorithm (Goodfellow et al. 2014, algorithm 1): one update of either player, and images of the generator. It knows
 * networks, losses and optimisers by their names alone; it must not know data sets, counters or backends.
 */
import {
  add,
  concat1d,
  reshape,
  scalar,
  tidy,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { differentiate, gradientNorm, overheard } from "../engine/gradients.ts";
import { adversarialLoss } from "../engine/operations/adversarialLoss.ts";
import { clipGradients } from "../engine/optimizers/clipGradients.ts";
import { clipWeights } from "../engine/optimizers/clipWeights.ts";
import { present } from "../shared/invariant.ts";
import { advanceAverage, moveAverage } from "./average.ts";
import type { DiscriminatorDraws, GeneratorDraws } from "./draws.ts";
import { setAveraging, shownGenerator, type Gan } from "./gan.ts";
import { penaltyWeight } from "./gradientPenalties.ts";
import { judge } from "./judging.ts";
import { LOSSES } from "./losses.ts";
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
}

/** What an update computes on its way, in this order, before any weight moves. */
export interface UpdateTensors {
  /** Latents, [batch, latentDim]. */
  readonly z: Tensor;
  /** Real images, where the update looks at any, and G(z): [batch, ...dataShape]. */
  readonly real: Tensor;
  readonly fake: Tensor;
  /** D(x), where real images are judged, then D(G(z)): [batch or 2 · batch, 1]. */
  readonly logits: Tensor;
  readonly loss: Tensor;
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
  gan.weightClip.set({ limit: live.weightClip ?? 0 });
  gan.gradientClip.discriminator.set({ limit: live.gradientClip.discriminator ?? 0 });
  gan.penalty.set({ weight: penaltyWeight(live) });
  gan.work.discriminator = discriminatorWork(live, update);
  advanceOptimizer(gan.optimizers.discriminator, live.optimizer.discriminator);
}

/** The same before an update of the generator. */
export function prepareGenerator(gan: Gan, live: LiveSettings, { seed, update }: UpdateKey): void {
  gan.draws.generator.set({ seed, draw: update });
  gan.gradientClip.generator.set({ limit: live.gradientClip.generator ?? 0 });
  gan.work.generator = generatorWork(live);
  setAveraging(gan, live.averageDecay !== null);
  if (gan.average !== null) advanceAverage(gan.average, live.averageDecay ?? 0);
  advanceOptimizer(gan.optimizers.generator, live.optimizer.generator);
}

/** Ascend the discriminator. The result, which the caller frees: [loss, penalty, gradientNorm, mean σ(D(x)), mean σ(D(G(z)))]. */
export function updateDiscriminator(gan: Gan, batch: DiscriminatorBatch, live: LiveSettings, key: UpdateKey): Tensor1D {
  prepareDiscriminator(gan, live, key);
  return computeDiscriminator(gan, batch);
}

/** The work on the device in an update of the discriminator, by the settings that it was prepared with. */
export function computeDiscriminator(gan: Gan, batch: DiscriminatorBatch, look?: Onlooker): Tensor1D {
  return tidy(() => {
    const { discriminator, config } = gan;
    const work = gan.work.discriminator;
    advanceNetwork(discriminator);
    const fake = forward(gan.generator, batch.z, trainingPass(gan.draws.discriminator, ["fakesForDiscriminator"]));
    look?.({ z: batch.z, real: batch.real, fake });

    const { gradients, measured } = differentiate(() => {
      const { logits, penalty } = judge(gan, batch.real, fake, batch);
      const goals = LOSSES[config.loss].discriminator;
      const { loss, scores } = adversarialLoss(logits, [goals.real, goals.fake], gan.live);
      look?.({ logits, loss, penalty });
      return {
        objective: penalty === null ? loss : add(loss, penalty),
        measured: [loss, penalty ?? scalar(0), scores],
      };
    }, discriminator.parameters);
    look?.({ gradients });
    const norm = gradientNorm(gradients);

    const held = work.clipsGradients ? clipGradients(gradients, norm, gan.gradientClip.discriminator) : gradients;
    moveParameters(gan.optimizers.discriminator, discriminator.parameters, held);
    if (work.clipsWeights) clipWeights(discriminator.parameters, gan.weightClip);

    const [loss, penalty, scores] = measured;
    return inOneRow([loss, penalty, norm, scores]);
  });
}

/** Descend the generator through D, which stays. The result, which the caller frees: [loss, gradientNorm, mean σ(D(G(z)))]. */
export function updateGenerator(gan: Gan, batch: GeneratorDraws, live: LiveSettings, key: UpdateKey): Tensor1D {
  prepareGenerator(gan, live, key);
  return computeGenerator(gan, batch);
}

/** The work on the device in an update of the generator, by the settings that it was prepared with. */
export function computeGenerator(gan: Gan, { z }: GeneratorDraws, look?: Onlooker): Tensor1D {
  return tidy(() => {
    const { generator, discriminator, config } = gan;
    const work = gan.work.generator;
    advanceNetwork(generator);
    const pass = (purpose: PassPurpose) => trainingPass(gan.draws.generator, [purpose]);

    const { gradients, measured } = differentiate(() => {
      const fake = overheard(
        forward(generator, z, pass("fakesForGenerator")),
        look &&
          ((slopes) => {
            look({ slopes });
          }),
      );
      const logits = forward(discriminator, fake, pass("judgementForGenerator"));
      const { loss, scores } = adversarialLoss(logits, [LOSSES[config.loss].generator], gan.live);
      look?.({ z, fake, logits, loss, penalty: null });
      return { objective: loss, measured: [loss, scores] };
    }, generator.parameters);
    look?.({ gradients });
    const norm = gradientNorm(gradients);

    const held = work.clipsGradients ? clipGradients(gradients, norm, gan.gradientClip.generator) : gradients;
    moveParameters(gan.optimizers.generator, generator.parameters, held);
    if (work.averages) moveAverage(present(gan.average, "the average"), generator);

    const [loss, scores] = measured;
    return inOneRow([loss, norm, scores]);
  });
}

/**
 * Images for people and for measurements, of latents [count, latentDim]: [count, ...dataShape] in [−1, 1], by the running
 * statistics. The caller frees them.
 */
export function generate(gan: Gan, z: Tensor2D): Tensor {
  return tidy(() => forward(shownGenerator(gan), z, EVALUATION));
}

function inOneRow(measurements: readonly (Tensor | undefined)[]): Tensor1D {
  return concat1d(measurements.map((value) => reshape<Rank.R1>(present(value, "a measurement"), [-1])));
}
