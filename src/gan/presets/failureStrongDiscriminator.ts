/** A failure: a discriminator so sure of itself that minimax goes flat. */
import { MNIST_DCGAN_FAST } from "./mnistDcganFast.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_STRONG_DISCRIMINATOR: Preset = {
  id: "failure-strong-discriminator",
  label: "Failure · discriminator too strong",
  group: "failure",
  comment:
    "Here the game is played as it was first written: the generator lowers the odds of being caught. The discriminator learns by Adam, the generator by plain gradients at a rate of 5e-3. Within a hundred steps every fake is caught, and where the discriminator is certain the curve of the generator’s loss is flat: watch the score of fakes go to 0, and the generator’s gradient norm with it, from 0.1 at step 100 to a thirtieth of that at step 600. What moves so little stays where it is: at step 2,000 the images are still the noise of step 600. Change the loss to non-saturating, and being caught becomes the very place where the generator learns most. Adam instead of plain gradients would hide the flatness, since it makes as much of a small gradient as of a large one.",
  source: "Goodfellow et al. 2014, section 3, last paragraph",
  cure: "cure-non-saturating",
  expects: [
    { step: 200, measure: "fakeScore", atMost: 0.02 },
    { step: 600, measure: "generatorGradientNorm", atMost: 0.05 },
    { step: 2000, measure: "generatorGradientNorm", atMost: 0.05 },
    { step: 200, measure: "frechet", atLeast: 500 },
    { step: 600, measure: "frechet", atLeast: 500 },
    { step: 2000, measure: "frechet", atLeast: 500 },
  ],
  config: {
    ...MNIST_DCGAN_FAST.config,
    loss: "minimax",
    optimizer: {
      ...MNIST_DCGAN_FAST.config.optimizer,
      // Adam would make as much of a small gradient as of a large one, and hide that the loss is flat.
      generator: { type: "sgd", learningRate: 0.005, momentum: 0 },
    },
  },
};
