/** The convolutional pair, told which digit to make. */
import type { Preset } from "./preset.ts";
import { MNIST_DCGAN } from "./mnistDcgan.ts";

export const MNIST_CONDITIONAL_DCGAN: Preset = {
  id: "mnist-conditional-dcgan",
  label: "MNIST · DCGAN, digits on demand",
  group: "conditional",
  comment:
    "Both players are told which digit each image is to be, so every row of the grid has a digit of its own, and every column one latent: the hand that writes it. At step 100 all rows of a column still look much the same; by step 200 they part, by step 500 most can be read, and at step 800 the slant and the weight of a column's strokes run through all its digits. The discriminator learns a direction for each class and adds how far an image's features point there. Set Conditioning to “Concatenation” to see the older way.",
  source: "Mirza and Osindero 2014; projection discriminator: Miyato and Koyama 2018",
  expects: [
    { step: 600, measure: "covered", atLeast: 10 },
    { step: 2000, measure: "score", atLeast: 8.5 },
  ],
  config: { ...MNIST_DCGAN.config, conditioning: { type: "projection" } },
};
