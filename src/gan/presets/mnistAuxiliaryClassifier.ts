/** The convolutional pair with a discriminator that names the digits, too. */
import type { Preset } from "./preset.ts";
import { MNIST_DCGAN } from "./mnistDcgan.ts";

export const MNIST_AUXILIARY_CLASSIFIER: Preset = {
  id: "mnist-ac-gan",
  label: "MNIST · AC-GAN, digits that are named",
  group: "conditional",
  comment:
    "The discriminator also guesses which digit it sees, and both players are paid for right guesses. Watch the chart of classes: it soon names more than nine of ten fakes as asked, long before you could. It pays for digits that are easy to name, not for true ones: at step 800 the 0, 1 and 7 are clear, while several 9s are small rings that no person would call a 9. Lower the classifier's weight, or compare the digits on demand by projection.",
  source: "Odena, Olah and Shlens 2017, with the networks of the DCGAN preset",
  expects: [
    { step: 600, measure: "covered", atLeast: 10 },
    { step: 2000, measure: "score", atLeast: 8 },
  ],
  config: { ...MNIST_DCGAN.config, conditioning: { type: "auxiliaryClassifier", weight: 1 } },
};
