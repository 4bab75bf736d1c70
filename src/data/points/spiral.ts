/** A spiral of two turns, as dense inside as outside. Its density has no short formula, so none is given. */
import type { Distribution } from "./distribution.ts";

const TURNS = 2;
const INNER_RADIUS = 0.15;
const OUTER_RADIUS = 1.6;
const DEVIATION = 0.05;

/** The square of the radius grows evenly, which spreads points over an arc that grows with the radius. */
export const spiral: Distribution = {
  pointOf({ v, m, n }) {
    const radius = Math.sqrt(INNER_RADIUS ** 2 + (OUTER_RADIUS ** 2 - INNER_RADIUS ** 2) * v);
    const angle = 2 * Math.PI * TURNS * ((radius - INNER_RADIUS) / (OUTER_RADIUS - INNER_RADIUS));
    return [radius * Math.cos(angle) + DEVIATION * m, radius * Math.sin(angle) + DEVIATION * n];
  },
  densityAt: null,
  modes: null,
};
