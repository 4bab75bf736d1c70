/** R1, an average of the generator, and rates that fall: for the best digits. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { adam, plainConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const MNIST_R1_AVERAGE: Preset = {
  id: "mnist-r1-average",
  label: "MNIST · best quality (R1 + averaging)",
  group: "steadied",
  comment:
    "For patience rather than speed. R1 flattens the discriminator around real digits, so that the duel can come to rest; the images come from a moving average of the generator's weights, which irons out the jitter of single steps; and both learning rates fall to zero over 13,000 steps. Watch the averaged images lag behind at first and overtake later: Show averaged weights is the switch. Of the recipes that were tried on these digits it came closest to the real ones, and it was still improving after thousands of steps.",
  source:
    "Mescheder, Geiger and Nowozin 2018; Yazıcı et al. 2019; weight 1, decay 0.995 and the schedule measured on MNIST",
  expects: [
    { step: 200, measure: "frechet", atLeast: 200 },
    { step: 2000, measure: "frechet", atMost: 60 },
    { step: 2000, measure: "fakeScore", atLeast: 0.4 },
  ],
  config: {
    ...MNIST_DCGAN.config,
    discriminator: plainConvolutions(32),
    gradientPenalty: { type: "r1", weight: 1, every: 1 },
    averageDecay: 0.995,
    learningRateSchedule: "linear",
    scheduleSteps: 13_000,
    optimizer: { generator: adam(1e-3), discriminator: adam(1e-3) },
  },
};
