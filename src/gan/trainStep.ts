/**
 * The algorithm (Goodfellow et al. 2014, algorithm 1): one update of either player, and images of the generator. It knows
 * networks, losses and optimisers by their names alone; it must not know data sets, counters or backends.
 */
import {
  add,
  mean,
  mul,
  scalar,
  sigmoid,
  stack,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { differentiate, gradientNorm, valuesAndSlopes } from "../engine/gradients.ts";
import { clipWeights } from "../engine/optimizers/clipWeights.ts";
import { present } from "../shared/invariant.ts";
import type { TrainingConfig } from "./config.ts";
import type { Gan } from "./gan.ts";
import { GRADIENT_PENALTIES, interpolate } from "./gradientPenalties.ts";
import { LOSSES } from "./losses.ts";
import { EVALUATION, forward, type Pass } from "./network.ts";
import { advanceOptimizer, moveParameters } from "./optimizer.ts";

/** The settings that act at the next update. */
export type LiveSettings = Pick<TrainingConfig, "labelSmoothing" | "weightClip" | "optimizer">;

/** Names an update, so that its dropout masks can be drawn again. */
export interface UpdateKey {
  readonly seed: number;
  /** Counts the updates of one player; both players may count from 0. */
  readonly update: number;
}

export interface DiscriminatorBatch {
  /** Real images x, [batch, ...dataShape] in [−1, 1]. */
  readonly real: Tensor;
  /** Latents, [batch, latentDim]. */
  readonly z: Tensor2D;
  /** ε of WGAN-GP, [batch] in [0, 1); null where the config has no such penalty. */
  readonly epsilon: Tensor1D | null;
}

/** Ascend the discriminator. The result, which the caller frees: [loss, penalty, gradientNorm, mean σ(D(x)), mean σ(D(G(z)))]. */
export function updateDiscriminator(gan: Gan, batch: DiscriminatorBatch, live: LiveSettings, key: UpdateKey): Tensor1D {
  advanceOptimizer(gan.optimizers.discriminator, live.optimizer.discriminator);
  return tidy(() => {
    const { discriminator, config } = gan;
    const fake = forward(gan.generator, batch.z, trainingPass(key, "fakesForDiscriminator"));

    const { gradients, measured } = differentiate(() => {
      const { real, fake: fakeLogits, penalty } = judge(gan, batch, fake, key);
      const loss = LOSSES[config.loss].discriminator(real, fakeLogits, live.labelSmoothing);
      return {
        objective: penalty === null ? loss : add(loss, penalty),
        measured: [loss, penalty ?? scalar(0), meanScore(real), meanScore(fakeLogits)],
      };
    }, discriminator.parameters);
    const norm = gradientNorm(gradients);

    moveParameters(gan.optimizers.discriminator, discriminator.parameters, gradients);
    if (live.weightClip !== null) clipWeights(discriminator.parameters, live.weightClip);

    const [loss, penalty, realScore, fakeScore] = measured;
    return stackScalars([loss, penalty, norm, realScore, fakeScore]);
  });
}

/** Descend the generator through D, which stays. The result, which the caller frees: [loss, gradientNorm, mean σ(D(G(z)))]. */
export function updateGenerator(gan: Gan, z: Tensor2D, live: LiveSettings, key: UpdateKey): Tensor1D {
  advanceOptimizer(gan.optimizers.generator, live.optimizer.generator);
  return tidy(() => {
    const { generator, discriminator, config } = gan;

    const { gradients, measured } = differentiate(() => {
      const fake = forward(generator, z, trainingPass(key, "fakesForGenerator"));
      const logits = forward(discriminator, fake, trainingPass(key, "judgementForGenerator"));
      const loss = LOSSES[config.loss].generator(logits);
      return { objective: loss, measured: [loss, meanScore(logits)] };
    }, generator.parameters);
    const norm = gradientNorm(gradients);

    moveParameters(gan.optimizers.generator, generator.parameters, gradients);

    const [loss, fakeScore] = measured;
    return stackScalars([loss, norm, fakeScore]);
  });
}

/** Images of latents [count, latentDim], [count, ...dataShape] in [−1, 1], by the running statistics. The caller frees them. */
export function generate(gan: Gan, z: Tensor2D): Tensor {
  return tidy(() => forward(gan.generator, z, EVALUATION));
}

/**
 * Logits D(x) and D(fake), from passes apart so that batch norm in D sees each batch alone, and the weighted gradient
 * penalty. Where a penalty looks at the real images, it shares their pass.
 */
function judge(gan: Gan, { real, epsilon }: DiscriminatorBatch, fake: Tensor, key: UpdateKey) {
  const D = (purpose: PassPurpose) => (x: Tensor) => forward(gan.discriminator, x, trainingPass(key, purpose));
  const { gradientPenalty } = gan.config;
  if (gradientPenalty === null) return { real: D("real")(real), fake: D("fake")(fake), penalty: null };

  const { at, of } = GRADIENT_PENALTIES[gradientPenalty.type];
  if (at === "real") {
    const { values, slopes } = valuesAndSlopes(D("real"), real);
    return { real: values, fake: D("fake")(fake), penalty: mul<Scalar>(of(slopes), gradientPenalty.weight) };
  }
  const logits = { real: D("real")(real), fake: D("fake")(fake) };
  const between = interpolate(real, fake, present(epsilon, "the interpolation weights"));
  const { slopes } = valuesAndSlopes(D("between"), between);
  return { ...logits, penalty: mul<Scalar>(of(slopes), gradientPenalty.weight) };
}

/** What people are shown of logits: mean σ(D(·)). */
function meanScore(logits: Tensor): Scalar {
  return mean(sigmoid(logits));
}

/** Every pass of an update has dropout masks of its own. The numbers are part of what a seed means. */
const PASS_PURPOSES = {
  fakesForDiscriminator: 0,
  real: 1,
  fake: 2,
  between: 3,
  fakesForGenerator: 4,
  judgementForGenerator: 5,
} as const;

type PassPurpose = keyof typeof PASS_PURPOSES;

const LAYERS_AT_MOST = 64;
const PURPOSES_AT_MOST = 8;

function trainingPass({ seed, update }: UpdateKey, purpose: PassPurpose): Pass {
  const pass = update * PURPOSES_AT_MOST + PASS_PURPOSES[purpose];
  return {
    training: true,
    dropoutKey: (layerIndex) => ({ seed, stream: "dropout", draw: pass * LAYERS_AT_MOST + layerIndex }),
  };
}

function stackScalars(scalars: readonly (Tensor | undefined)[]): Tensor1D {
  return stack(scalars.map((value) => present(value, "a measurement"))) as Tensor1D;
}
