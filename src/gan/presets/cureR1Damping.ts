/** The cure of oscillation: a penalty that pulls the critic back to flat. */
import { FAILURE_OSCILLATION } from "./failureOscillation.ts";
import type { Preset } from "./preset.ts";

export const CURE_R1_DAMPING: Preset = {
  id: "cure-r1-damping",
  label: "Cure · R1 as a damper",
  group: "cure",
  comment:
    "The same two players, and a penalty on the slope of the critic at real points. It pulls the plane flat while it tilts, as friction takes from a pendulum what the last swing left. Watch the swing die away in its second turn: by step 1,000 the swarm rests in the middle of the ring, both scores at 0.5, and what still moves is the chance of each batch. Lower the penalty’s weight to 0.3 in a new run, and it swings for longer before it rests.",
  source: "Mescheder, Geiger and Nowozin 2018, equation 9",
  expects: [
    { step: 1000, measure: "leadSwing", atMost: 0.03 },
    { step: 5000, measure: "leadSwing", atMost: 0.01 },
  ],
  config: { ...FAILURE_OSCILLATION.config, gradientPenalty: { type: "r1", weight: 1, every: 1 } },
};
