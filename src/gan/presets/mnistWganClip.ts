/** The first Wasserstein GAN: perceptrons, RMSProp and clipped weights. */
import { DEFAULT_CONFIG } from "../config.ts";
import type { Preset } from "./preset.ts";

export const MNIST_WGAN_CLIP: Preset = {
  id: "mnist-wgan-clip",
  label: "MNIST · WGAN, clipped weights",
  group: "steadied",
  comment:
    "The discriminator becomes a critic: it measures how far the fakes are from the real digits, and its loss is an estimate of that distance, which should shrink as the images improve. It needs five updates for each of the generator's, and a leash, here the crudest there is: no weight may leave the stretch from −0.01 to 0.01. Watch its loss rather than the scores, which mean little for a critic. It is in no hurry: all samples are one blot for 600 steps, and digits come out of the grain by step 2,000. Shrink the weight clip and the generator's gradient all but disappears.",
  source:
    "Arjovsky, Chintala and Bottou 2017, algorithm 1, with its clip of 0.01, RMSProp at 5e-5 and five critic steps",
  expects: [
    { step: 200, measure: "generatorGradientNorm", atLeast: 0.5 },
    { step: 600, measure: "covered", atMost: 2 },
    { step: 2000, measure: "frechet", atMost: 350 },
  ],
  config: {
    ...DEFAULT_CONFIG,
    loss: "wasserstein",
    labelSmoothing: 1,
    discriminatorSteps: 5,
    weightClip: 0.01,
    optimizer: {
      generator: { type: "rmsprop", learningRate: 5e-5, decay: 0.9 },
      discriminator: { type: "rmsprop", learningRate: 5e-5, decay: 0.9 },
    },
  },
};
