/** How settings change over a run: learning rates and instance noise. It knows steps and settings; it must not know optimisers. */
import type { TrainingConfig } from "./config.ts";

type Schedule = TrainingConfig["learningRateSchedule"];

/** What is left of a learning rate after a share of the schedule's length, from 0 to 1. */
const SHAPES: Readonly<Record<Schedule, (share: number) => number>> = {
  constant: () => 1,
  linear: (share) => 1 - share,
  /** Loshchilov and Hutter 2017, equation 5, without restarts. */
  cosine: (share) => (1 + Math.cos(Math.PI * share)) / 2,
};

/** What both learning rates are multiplied by after so many steps; from the schedule's end on it stays what it is there. */
export function learningRateFactor(
  { learningRateSchedule, scheduleSteps }: Pick<TrainingConfig, "learningRateSchedule" | "scheduleSteps">,
  steps: number,
): number {
  return SHAPES[learningRateSchedule](Math.min(1, steps / scheduleSteps));
}

/** The instance noise that is left after so many steps; it falls evenly to zero where it is to fade. */
export function noiseAfter(
  { instanceNoise, instanceNoiseSteps }: Pick<TrainingConfig, "instanceNoise" | "instanceNoiseSteps">,
  steps: number,
): number | null {
  if (instanceNoise === null || instanceNoiseSteps === null) return instanceNoise;
  return instanceNoise * Math.max(0, 1 - steps / instanceNoiseSteps);
}

/** A config with the learning rates and the noise as they are after so many steps. */
export function settingsAfter<Settings extends TrainingConfig>(config: Settings, steps: number): Settings {
  const factor = learningRateFactor(config, steps);
  const instanceNoise = noiseAfter(config, steps);
  if (factor === 1 && instanceNoise === config.instanceNoise) return config;
  const { generator, discriminator } = config.optimizer;
  const optimizer = {
    generator: { ...generator, learningRate: factor * generator.learningRate },
    discriminator: { ...discriminator, learningRate: factor * discriminator.learningRate },
  };
  return { ...config, instanceNoise, optimizer };
}
