/** A grid of 25 clouds: many modes for small networks. */
import { DEFAULT_CONFIG, type NetworkConfig } from "../config.ts";
import { POINTS_STARTER } from "../config/starters.ts";
import type { Preset } from "./preset.ts";

/** The network with its second hidden layer twice. */
function deeper(network: NetworkConfig): NetworkConfig {
  return [...network.slice(0, 4), ...network.slice(2)];
}

export const POINTS_GRID_25: Preset = {
  id: "points-grid-25",
  label: "Points · 25 Gaussians",
  group: "points",
  comment:
    "Twenty-five clouds in five rows. The map from latents to points has to be pulled thin twenty-four times, which is why each network has a third hidden layer: with it about half of the points lie in a cloud after 5,000 steps, without it two of five. At first the points cover the whole square evenly, which fools the discriminator well enough; only then do the gaps open. Some clouds are lost on the way and found again.",
  source: "After Srivastava et al. 2017 (VEEGAN), section 4.1; networks and rates measured here",
  expects: [
    { step: 5000, measure: "modes", atLeast: 20 },
    { step: 5000, measure: "goodShare", atLeast: 0.4, atMost: 0.65 },
  ],
  config: {
    ...DEFAULT_CONFIG,
    ...POINTS_STARTER,
    dataSet: "twentyFiveGaussians",
    generator: deeper(POINTS_STARTER.generator),
    discriminator: deeper(POINTS_STARTER.discriminator),
  },
};
