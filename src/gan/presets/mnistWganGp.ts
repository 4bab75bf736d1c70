/** Wasserstein with a gradient penalty. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { plainConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const MNIST_WGAN_GP: Preset = {
  id: "mnist-wgan-gp",
  label: "MNIST · WGAN-GP",
  group: "steadied",
  comment:
    "The critic again, with a better leash: between real and fake images its slope is pulled to one, which is what the theory asks for, instead of its weights being cut short. Each update of the critic is dearer, because the penalty is differentiated twice, and there are five of them a step. Watch the critic's loss, whose size is the distance: it shrinks from 27 at step 200, over noise, to 4 at step 600, when digits begin, and 2 at step 2,000. Raise the penalty interval to pay for the penalty less often.",
  source: "Gulrajani et al. 2017, algorithm 1, with its weight of 10, Adam at 1e-4 with β₁ 0 and β₂ 0.9",
  expects: [
    { step: 200, measure: "frechet", atLeast: 800 },
    { step: 600, measure: "discriminatorLoss", atLeast: -10 },
    { step: 2000, measure: "frechet", atMost: 100 },
    { step: 2000, measure: "discriminatorLoss", atLeast: -4 },
  ],
  config: {
    ...MNIST_DCGAN.config,
    discriminator: plainConvolutions(32),
    loss: "wasserstein",
    discriminatorSteps: 5,
    gradientPenalty: { type: "wganGp", weight: 10, every: 1 },
    optimizer: {
      generator: { type: "adam", learningRate: 1e-4, beta1: 0, beta2: 0.9 },
      discriminator: { type: "adam", learningRate: 1e-4, beta1: 0, beta2: 0.9 },
    },
  },
};
