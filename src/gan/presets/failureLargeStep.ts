/** A failure: a generator that overshoots. */
import { MNIST_MLP } from "./mnistMlp.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_LARGE_STEP: Preset = {
  id: "failure-large-step",
  label: "Failure · generator step too large",
  group: "failure",
  comment:
    "The perceptrons of the first preset, but each update of the generator may change a weight two hundred and fifty times as much. The gradient points the right way only nearby, so a stride this long lands somewhere else: watch the images stay noise, its pixels driven to black and white because the last layer saturates, while the discriminator catches every one of them. Bring the generator's learning rate back to 2e-4, by a factor of ten at a time, and see where it begins to draw.",
  source:
    "The learning rate of 2e-4 is that of Radford, Metz and Chintala 2015, who found 1e-3 too high for their networks",
  cure: "mnist-mlp",
  expects: [
    { step: 600, measure: "fakeScore", atMost: 0.05 },
    { step: 2000, measure: "frechet", atLeast: 700 },
  ],
  config: {
    ...MNIST_MLP.config,
    optimizer: {
      ...MNIST_MLP.config.optimizer,
      generator: { ...MNIST_MLP.config.optimizer.generator, learningRate: 0.05 },
    },
  },
};
