/** A failure: a discriminator so sure of itself that minimax goes flat. */
import { MNIST_MLP } from "./mnistMlp.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_STRONG_DISCRIMINATOR: Preset = {
  id: "failure-strong-discriminator",
  label: "Failure · discriminator too strong",
  group: "failure",
  comment:
    "Here the game is played as it was first written: the generator lowers the odds of being caught. The discriminator gets five updates to one, and is told to be certain. Soon it catches every fake, and where it is certain the curve of the generator's loss is flat: watch the score of fakes go to 0, and the generator's gradient norm with it, until both are all but gone around step 600 and the images hang between noise and digit. Adam makes much of small gradients, so the generator crawls out in the end: by step 2,000 it writes, though hardly more than 1 and 4. Change the loss to non-saturating, and being caught becomes the very place where the generator learns most.",
  source: "Goodfellow et al. 2014, section 3, last paragraph",
  cure: "cure-non-saturating",
  expects: [
    { step: 600, measure: "fakeScore", atMost: 0.02 },
    { step: 600, measure: "generatorGradientNorm", atMost: 0.2 },
    { step: 600, measure: "frechet", atLeast: 900 },
  ],
  config: { ...MNIST_MLP.config, loss: "minimax", labelSmoothing: 1, discriminatorSteps: 5 },
};
