/** The cure of a saturating loss: the same strong discriminator, another loss for the generator. */
import { FAILURE_STRONG_DISCRIMINATOR } from "./failureStrongDiscriminator.ts";
import type { Preset } from "./preset.ts";

export const CURE_NON_SATURATING: Preset = {
  id: "cure-non-saturating",
  label: "Cure · non-saturating loss",
  group: "cure",
  comment:
    "The discriminator is as strong as in the failure, and still wins. But the generator is now paid for being believed instead of for not being caught, and that loss is steepest exactly where its fakes are believed least. Watch its gradient norm: it is near ten at step 600, two hundred times that of the failure, and the smears are already of several digits. It does not cure everything: five updates to one are still too many, and by step 2,000 nearly every sample is a 1. Lower the discriminator steps to 1 for a duel that is fair besides.",
  source: "Goodfellow et al. 2014, section 3, last paragraph",
  expects: [
    { step: 600, measure: "generatorGradientNorm", atLeast: 2 },
    { step: 600, measure: "frechet", atMost: 800 },
  ],
  config: { ...FAILURE_STRONG_DISCRIMINATOR.config, loss: "nonSaturating" },
};
