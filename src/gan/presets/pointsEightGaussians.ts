/** Eight clouds on a circle, where modes are lost and found. */
import { DEFAULT_CONFIG } from "../config.ts";
import { POINTS_STARTER } from "../config/starters.ts";
import type { Preset } from "./preset.ts";

export const POINTS_EIGHT_GAUSSIANS: Preset = {
  id: "points-eight-gaussians",
  label: "Points · 8 Gaussians",
  group: "points",
  comment:
    "The classic trial for mode collapse: eight small clouds on a circle, and a generator that may be content with a few. It finds all eight within 500 steps here; what takes longer is to leave the space between them empty: about half of its points lie in a cloud after 1,000 steps, and six of seven after 5,000. Turn on the gradients to see where every point is told to go, and raise the discriminator steps to 5 to see the generator pushed from cloud to cloud.",
  source: "Metz et al. 2016, section 3.1; networks and rates measured here",
  expects: [
    { step: 500, measure: "modes", atLeast: 8 },
    { step: 1000, measure: "goodShare", atLeast: 0.4, atMost: 0.7 },
    { step: 5000, measure: "goodShare", atLeast: 0.75 },
  ],
  config: { ...DEFAULT_CONFIG, ...POINTS_STARTER, dataSet: "eightGaussians" },
};
