/**
 * What an update does besides the numbers that it reads: where this changes, a recorded update is recorded anew. It must not
 * know how any of it is done.
 */
import type { TrainingConfig } from "./config.ts";

/** The settings that act at the next update. */
export type LiveSettings = Pick<
  TrainingConfig,
  "labelSmoothing" | "weightClip" | "gradientClip" | "averageDecay" | "optimizer"
>;

export interface DiscriminatorWork {
  readonly clipsGradients: boolean;
  readonly clipsWeights: boolean;
}

export interface GeneratorWork {
  readonly clipsGradients: boolean;
  readonly averages: boolean;
}

export function discriminatorWork({ gradientClip, weightClip }: LiveSettings): DiscriminatorWork {
  return { clipsGradients: gradientClip.discriminator !== null, clipsWeights: weightClip !== null };
}

export function generatorWork({ gradientClip, averageDecay }: LiveSettings): GeneratorWork {
  return { clipsGradients: gradientClip.generator !== null, averages: averageDecay !== null };
}
