/** Two half circles that reach into one another, after the set of that name in scikit-learn. */
import { alongArcs } from "./arcs.ts";

export const moons = alongArcs(
  [
    { center: [-0.5, -0.25], radius: 1, from: 0, sweep: Math.PI },
    { center: [0.5, 0.25], radius: 1, from: Math.PI, sweep: Math.PI },
  ],
  0.06,
);
