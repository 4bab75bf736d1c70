/** The cure of a saturating loss: the same strong discriminator, another loss for the generator. */
import { FAILURE_STRONG_DISCRIMINATOR } from "./failureStrongDiscriminator.ts";
import type { Preset } from "./preset.ts";

export const CURE_NON_SATURATING: Preset = {
  id: "cure-non-saturating",
  label: "Cure · non-saturating loss",
  group: "cure",
  comment:
    "The same players, the same learning rates, another loss: the generator is paid for being believed instead of for not being caught, and that loss is steepest exactly where its fakes are believed least. Watch its gradient norm: it is 7 at step 100, sixty times that of the failure, and carries the generator out of the noise. By step 400 the discriminator believes more than a quarter of what it is shown.",
  source: "Goodfellow et al. 2014, section 3, last paragraph",
  expects: [
    { step: 200, measure: "generatorGradientNorm", atLeast: 2 },
    { step: 200, measure: "frechet", atMost: 500 },
    { step: 600, measure: "frechet", atMost: 300 },
    { step: 2000, measure: "frechet", atMost: 200 },
  ],
  config: { ...FAILURE_STRONG_DISCRIMINATOR.config, loss: "nonSaturating" },
};
