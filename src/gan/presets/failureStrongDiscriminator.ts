/** A failure: a discriminator so sure of itself that minimax goes flat. */
import { MNIST_MLP } from "./mnistMlp.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_STRONG_DISCRIMINATOR: Preset = {
  id: "failure-strong-discriminator",
  label: "Failure · discriminator too strong",
  group: "failure",
  comment:
    "Here the game is played as it was first written: the generator lowers the odds of being caught. The discriminator gets five updates to one, and is told to be certain. Soon it catches every fake, and where it is certain the curve of the generator's loss is flat: watch the score of fakes go to 0 and the generator's gradient norm follow it. The images stop where they are. Change the loss to non-saturating, and being caught becomes the very place where the generator learns most.",
  source: "Goodfellow et al. 2014, section 3, last paragraph",
  cure: "cure-non-saturating",
  config: { ...MNIST_MLP.config, loss: "minimax", labelSmoothing: 1, discriminatorSteps: 5 },
};
