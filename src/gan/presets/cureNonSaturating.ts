/** The cure of a saturating loss: the same strong discriminator, another loss for the generator. */
import { FAILURE_STRONG_DISCRIMINATOR } from "./failureStrongDiscriminator.ts";
import type { Preset } from "./preset.ts";

export const CURE_NON_SATURATING: Preset = {
  id: "cure-non-saturating",
  label: "Cure · non-saturating loss",
  group: "cure",
  comment:
    "The discriminator is as strong as in the failure, and still wins. But the generator is now paid for being believed instead of for not being caught, and that loss is steepest exactly where its fakes are believed least. Watch its gradient norm: it stays of use while the score of fakes is low. Lower the discriminator steps to 1 for a duel that is fair besides.",
  source: "Goodfellow et al. 2014, section 3, last paragraph",
  config: { ...FAILURE_STRONG_DISCRIMINATOR.config, loss: "nonSaturating" },
};
