/** The convolutional pair at half the width, for a slow machine. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { adam, plainConvolutions, transposedConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const MNIST_DCGAN_FAST: Preset = {
  id: "mnist-dcgan-fast",
  label: "MNIST · fast DCGAN",
  group: "classic",
  comment:
    "The convolutional pair at half its width and half its batch, so that a step costs a fraction of the full one and the first strokes come sooner by the clock. What it saves it pays for in variety: with fewer filters there are fewer kinds of strokes to choose from, and after 2,000 steps its samples reach a quarter of the real digits where those of the full pair reach a third. Watch the clock as well as the step, and compare with the full DCGAN after the same time. Raise the batch size to 64 to see what a steadier gradient is worth.",
  source: "Radford, Metz and Chintala 2015, with 32 and 16 channels; learning rate 1e-3 measured on MNIST",
  expects: [
    { step: 600, measure: "covered", atLeast: 8 },
    { step: 2000, measure: "coverage", atMost: 0.3 },
  ],
  config: {
    ...MNIST_DCGAN.config,
    batchSize: 32,
    generator: transposedConvolutions(16, 4),
    discriminator: plainConvolutions(16),
    optimizer: { generator: adam(1e-3), discriminator: adam(1e-3) },
  },
};
