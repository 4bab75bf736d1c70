/** A ring in the plane: the duel where every point can be seen. */
import { DEFAULT_CONFIG } from "../config.ts";
import { POINTS_STARTER } from "../config/starters.ts";
import type { Preset } from "./preset.ts";

export const POINTS_RING: Preset = {
  id: "points-ring",
  label: "Points · ring",
  group: "points",
  comment:
    "Here an example is a point, and the whole duel fits into one picture. Two random numbers go in and two coordinates come out, so the generator is a map that stretches, bends and folds a patch of the plane until it covers the ring. Within a thousand steps nearly all points lie on the ring. Watch the middle: the patch has to be pulled thin across it, because a continuous map cannot tear. Raise both learning rates to 1e-2 and the points are there sooner, and later leave the ring again now and then.",
  source: "The idea of watching points is that of GAN Lab (Kahng et al. 2018); networks and rates measured here",
  expects: [{ step: 1000, measure: "jensenShannon", atMost: 0.15 }],
  config: { ...DEFAULT_CONFIG, ...POINTS_STARTER, dataSet: "ring" },
};
