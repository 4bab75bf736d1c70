/** Hinge loss under spectral normalisation. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { adam, plainConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const MNIST_HINGE_SPECTRAL: Preset = {
  id: "mnist-hinge-spectral",
  label: "MNIST · hinge + spectral norm",
  group: "steadied",
  comment:
    "Each layer of the discriminator is divided by its largest stretch, so no fake can be told off more steeply than the layers allow: a leash that is always on and has no weight to choose. The hinge loss stops rewarding the discriminator for what it already gets right by a margin of one. Watch the gradient norm of the discriminator stay in its lane. Switch the loss to non-saturating to see how much of the calm is the norm's.",
  source: "Miyato et al. 2018; Lim and Ye 2017; learning rate 1e-3 measured on MNIST",
  expects: [
    { step: 600, measure: "covered", atLeast: 7 },
    { step: 2000, measure: "frechet", atMost: 80 },
  ],
  config: {
    ...MNIST_DCGAN.config,
    discriminator: plainConvolutions(32, true),
    loss: "hinge",
    optimizer: { generator: adam(1e-3), discriminator: adam(1e-3) },
  },
};
