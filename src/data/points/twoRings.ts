/** A ring within a ring, as often the inner as the outer. */
import { alongArcs, WHOLE_TURN } from "./arcs.ts";

export const twoRings = alongArcs(
  [0.6, 1.5].map((radius) => ({ center: [0, 0], radius, from: 0, sweep: WHOLE_TURN })),
  0.06,
);
