/** A failure: every point in one place. */
import { POINTS_EIGHT_GAUSSIANS } from "./pointsEightGaussians.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_MODE_COLLAPSE: Preset = {
  id: "failure-mode-collapse",
  label: "Failure · mode collapse",
  group: "failure",
  comment:
    "The generator takes ten updates for each of the discriminator's, and uses them to move all of its points to wherever the discriminator believes most, since nothing in its loss asks for variety. Then the discriminator learns that this place is fake, and the whole swarm moves on. Watch the modes covered, and the swarm jump from cloud to cloud. Bring the generator steps down to 1 and the discriminator can object before the swarm has gathered.",
  source: "Metz et al. 2016, section 3.1, which shows the same wandering on these eight clouds",
  cure: "points-eight-gaussians",
  expects: [
    { step: 500, measure: "modes", atMost: 2 },
    { step: 1000, measure: "modes", atMost: 2 },
    { step: 5000, measure: "modes", atMost: 2 },
  ],
  config: { ...POINTS_EIGHT_GAUSSIANS.config, generatorSteps: 10 },
};
