/** The convolutional pair with the least-squares loss. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import type { Preset } from "./preset.ts";

export const MNIST_LSGAN: Preset = {
  id: "mnist-lsgan",
  label: "MNIST · least squares",
  group: "classic",
  comment:
    "The DCGAN, but the discriminator is asked for numbers instead of odds: 1 for real, 0 for fake, and the square of the distance is the loss. A fake that fools the discriminator by too much is pulled back as well, so the generator is told something even where a cross-entropy has gone flat. Watch the gradient norm of the generator while its fakes score low. Raise the discriminator's learning rate and compare how long the generator keeps learning.",
  source: "Mao et al. 2017, equation 9; networks of the DCGAN",
  expects: [
    { step: 600, measure: "covered", atLeast: 7 },
    { step: 2000, measure: "frechet", atMost: 70 },
  ],
  config: { ...MNIST_DCGAN.config, loss: "leastSquares" },
};
