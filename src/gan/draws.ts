/** All that an update draws, by the live numbers of its player. It must not know what is done with it. */
import { interpolationWeights, randomNumbers } from "../engine/operations/randomDraws.ts";
import { randomLabels } from "../engine/operations/randomLabels.ts";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Stream } from "../shared/random.ts";
import { CHANCES_AN_IMAGE } from "./augmentation.ts";
import type { Phase } from "./config.ts";
import type { Gan } from "./gan.ts";
import { GRADIENT_PENALTIES } from "./gradientPenalties.ts";
import { drawLatents } from "./latents.ts";
import type { PenaltyDraws } from "./judging.ts";
import { LOSSES } from "./losses.ts";

export interface DiscriminatorDraws extends PenaltyDraws, GeneratorDraws {
  /** What labels are flipped by, numbers in [0, 1), those of real images first: [2 · batch, 1]; absent where none are. */
  readonly chances?: Tensor | null;
}

export interface GeneratorDraws {
  /** Latents, [batch, latentDim]. */
  readonly z: Tensor2D;
  /** What each fake is to show, [batch, classes], 1 at the class and 0 elsewhere; absent where the players are not told. */
  readonly labels?: Tensor2D | null;
  /** What the fakes are blurred by before they are judged, of their shape: standard normal numbers; absent where they are not. */
  readonly noise?: Tensor | null;
  /** What the fakes are augmented by before, numbers in [0, 1), [batch, CHANCES_AN_IMAGE]; absent where they are not. */
  readonly augmentation?: Tensor | null;
  /** What real images are blurred by, where an update looks at any, as the fakes are by `noise`. */
  readonly realNoise?: Tensor | null;
  /** What real images are augmented by, as the fakes are by `augmentation`. */
  readonly realAugmentation?: Tensor | null;
}

/** What the discriminator's update needs as it was prepared. The caller frees it. */
export function drawForDiscriminator(gan: Gan): DiscriminatorDraws {
  const { config, draws, dataShape, work } = gan;
  const { batchSize, gradientPenalty } = config;
  const live = draws.discriminator;
  const place =
    gradientPenalty !== null && work.discriminator.penalizes ? GRADIENT_PENALTIES[gradientPenalty.type].at : null;
  return {
    z: drawLatents({ stream: "discriminatorLatents", live }, batchSize, config),
    labels: drawLabels(gan, "discriminator"),
    chances: work.discriminator.flipsLabels
      ? randomNumbers("uniform", { stream: "labelFlips", live }, [2 * batchSize, 1])
      : null,
    realNoise: drawNoise(gan, "discriminator", "realNoise"),
    noise: drawNoise(gan, "discriminator", "discriminatorNoise"),
    realAugmentation: drawAugmentation(gan, "discriminator", "realAugmentation"),
    augmentation: drawAugmentation(gan, "discriminator", "discriminatorAugmentation"),
    epsilon: place === "between" ? interpolationWeights({ stream: "interpolation", live }, batchSize) : null,
    perturbation:
      place === "around" ? randomNumbers("normal", { stream: "perturbation", live }, [batchSize, ...dataShape]) : null,
  };
}

/** What the generator's update needs. The caller frees it. */
export function drawForGenerator(gan: Gan): GeneratorDraws {
  const { config, draws } = gan;
  const looksAtReal = LOSSES[config.loss].generatorOfReal !== null;
  return {
    z: drawLatents({ stream: "generatorLatents", live: draws.generator }, config.batchSize, config),
    labels: drawLabels(gan, "generator"),
    noise: drawNoise(gan, "generator", "generatorNoise"),
    augmentation: drawAugmentation(gan, "generator", "generatorAugmentation"),
    realNoise: looksAtReal ? drawNoise(gan, "generator", "realNoise") : null,
    realAugmentation: looksAtReal ? drawAugmentation(gan, "generator", "realAugmentation") : null,
  };
}

/** Noise for a batch of data; null where an update adds none. */
function drawNoise({ config, dataShape, draws, work }: Gan, player: Phase, stream: Stream): Tensor | null {
  if (!work[player].addsNoise) return null;
  return randomNumbers("normal", { stream, live: draws[player] }, [config.batchSize, ...dataShape]);
}

/** What a batch of images is augmented by; null where the data are no images, or stay as they are. */
function drawAugmentation({ config, draws, places, work }: Gan, player: Phase, stream: Stream): Tensor | null {
  if (places === null || work[player].augments.length === 0) return null;
  return randomNumbers("uniform", { stream, live: draws[player] }, [config.batchSize, CHANCES_AN_IMAGE]);
}

/** Classes for the fakes of an update, each as likely as any other; null where the players are not told. */
function drawLabels({ config, draws, classes }: Gan, player: Phase): Tensor2D | null {
  if (classes === 0) return null;
  const stream = player === "generator" ? "generatorLabels" : "discriminatorLabels";
  return randomLabels({ stream, live: draws[player] }, config.batchSize, classes);
}
