/** All that an update draws, by the live numbers of its player. It must not know what is done with it. */
import { interpolationWeights, randomNumbers } from "../engine/operations/randomDraws.ts";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Gan } from "./gan.ts";
import { GRADIENT_PENALTIES } from "./gradientPenalties.ts";
import { drawLatents } from "./latents.ts";
import type { PenaltyDraws } from "./judging.ts";

export interface DiscriminatorDraws extends PenaltyDraws {
  /** Latents, [batch, latentDim]. */
  readonly z: Tensor2D;
}

export interface GeneratorDraws {
  /** Latents, [batch, latentDim]. */
  readonly z: Tensor2D;
}

/** What the discriminator's update needs as it was prepared. The caller frees it. */
export function drawForDiscriminator({ config, draws, dataShape, work }: Gan): DiscriminatorDraws {
  const { batchSize, gradientPenalty } = config;
  const live = draws.discriminator;
  const place =
    gradientPenalty !== null && work.discriminator.penalizes ? GRADIENT_PENALTIES[gradientPenalty.type].at : null;
  return {
    z: drawLatents({ stream: "discriminatorLatents", live }, batchSize, config),
    epsilon: place === "between" ? interpolationWeights({ stream: "interpolation", live }, batchSize) : null,
    perturbation:
      place === "around" ? randomNumbers("normal", { stream: "perturbation", live }, [batchSize, ...dataShape]) : null,
  };
}

/** What the generator's update needs. The caller frees it. */
export function drawForGenerator({ config, draws }: Gan): GeneratorDraws {
  return { z: drawLatents({ stream: "generatorLatents", live: draws.generator }, config.batchSize, config) };
}
