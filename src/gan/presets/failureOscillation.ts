/** A failure: two players that chase each other for ever. */
import { DEFAULT_CONFIG, type OptimizerConfig } from "../config.ts";
import { POINTS_STARTER } from "../config/starters.ts";
import type { Preset } from "./preset.ts";

/** Plain gradient descent: momentum would add damping, or drive, of its own. */
const PLAIN: OptimizerConfig = { type: "sgd", learningRate: 0.01, momentum: 0 };

export const FAILURE_OSCILLATION: Preset = {
  id: "failure-oscillation",
  label: "Failure · oscillation without damping",
  group: "failure",
  comment:
    "The smallest duel there is. The critic is linear, a tilted plane, and the generator a swarm that moves as a whole. The critic tilts towards the real points, the swarm runs up the slope and past the middle of the ring, the critic tilts back, the swarm turns: each answers where the other was. Watch the swarm swing through the ring, about once in 630 steps, and the scores of real and fake change places twice as often; it swings as widely after 5,000 steps as after 1,000, since nothing in either loss is a brake. A linear critic sees only where the middle of the points lies, so the swarm will never be a ring: to rest in its middle would be the fair ending. Lower both learning rates, and it swings more slowly, but no less.",
  source: "Mescheder, Geiger and Nowozin 2018, section 2: their Dirac-GAN, with a ring for the single point",
  cure: "cure-r1-damping",
  expects: [
    { step: 1000, measure: "leadSwing", atLeast: 0.15 },
    { step: 5000, measure: "leadSwing", atLeast: 0.15 },
  ],
  config: {
    ...DEFAULT_CONFIG,
    ...POINTS_STARTER,
    dataSet: "ring",
    batchSize: 8,
    generator: [{ type: "dense", units: 2, useBias: true }],
    discriminator: [{ type: "dense", units: 1, useBias: true }],
    loss: "wasserstein",
    optimizer: { generator: PLAIN, discriminator: PLAIN },
  },
};
