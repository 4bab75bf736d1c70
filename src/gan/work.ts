/**
 * What an update does besides the numbers that it reads: where this changes, a recorded update is recorded anew. It must not
 * know how any of it is done.
 */
import type { TrainingConfig } from "./config.ts";

/** The settings that act at the next update. */
export type LiveSettings = Pick<
  TrainingConfig,
  | "labelSmoothing"
  | "fakeLabelSmoothing"
  | "labelFlipping"
  | "gradientPenalty"
  | "weightClip"
  | "gradientClip"
  | "averageDecay"
  | "optimizer"
>;

export interface DiscriminatorWork {
  /** Whether the gradient penalty is due. */
  readonly penalizes: boolean;
  readonly flipsLabels: boolean;
  readonly clipsGradients: boolean;
  readonly clipsWeights: boolean;
}

export interface GeneratorWork {
  readonly clipsGradients: boolean;
  readonly averages: boolean;
}

/** The work of the `update`-th update, from 0. */
export function discriminatorWork(
  { gradientPenalty, gradientClip, labelFlipping, weightClip }: LiveSettings,
  update: number,
): DiscriminatorWork {
  return {
    penalizes: gradientPenalty !== null && update % gradientPenalty.every === 0,
    flipsLabels: labelFlipping > 0,
    clipsGradients: gradientClip.discriminator !== null,
    clipsWeights: weightClip !== null,
  };
}

export function generatorWork({ gradientClip, averageDecay }: LiveSettings): GeneratorWork {
  return { clipsGradients: gradientClip.generator !== null, averages: averageDecay !== null };
}
