/**
 * What an update does besides the numbers that it reads: where this changes, a recorded update is recorded anew. It must not
 * know how any of it is done.
 */
import { augmentationsOf, type AugmentationName } from "./augmentation.ts";
import type { TrainingConfig } from "./config.ts";

/** The settings that act at the next update. */
export type LiveSettings = Pick<
  TrainingConfig,
  | "labelSmoothing"
  | "fakeLabelSmoothing"
  | "labelFlipping"
  | "instanceNoise"
  | "augmentation"
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
  /** Of images. */
  readonly augments: readonly AugmentationName[];
  readonly addsNoise: boolean;
  readonly clipsGradients: boolean;
  readonly clipsWeights: boolean;
}

export interface GeneratorWork {
  readonly augments: readonly AugmentationName[];
  readonly addsNoise: boolean;
  readonly clipsGradients: boolean;
  readonly averages: boolean;
}

/** The work of the `update`-th update, from 0. */
export function discriminatorWork(
  { augmentation, gradientPenalty, gradientClip, instanceNoise, labelFlipping, weightClip }: LiveSettings,
  update: number,
): DiscriminatorWork {
  return {
    penalizes: gradientPenalty !== null && update % gradientPenalty.every === 0,
    flipsLabels: labelFlipping > 0,
    augments: augmentationsOf({ augmentation }),
    addsNoise: isNoisy(instanceNoise),
    clipsGradients: gradientClip.discriminator !== null,
    clipsWeights: weightClip !== null,
  };
}

export function generatorWork({
  augmentation,
  gradientClip,
  averageDecay,
  instanceNoise,
}: LiveSettings): GeneratorWork {
  return {
    augments: augmentationsOf({ augmentation }),
    addsNoise: isNoisy(instanceNoise),
    clipsGradients: gradientClip.generator !== null,
    averages: averageDecay !== null,
  };
}

/** Noise that has faded away is no work any more. */
function isNoisy(instanceNoise: LiveSettings["instanceNoise"]): boolean {
  return instanceNoise !== null && instanceNoise > 0;
}
