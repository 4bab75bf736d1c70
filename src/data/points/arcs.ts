/** Points along arcs of circles, a little off them: what rings and moons are. It knows no set by name. */
import { bell, pick, type Distribution, type Point } from "./distribution.ts";

export interface Arc {
  readonly center: Point;
  readonly radius: number;
  /** Radians, anticlockwise from the x axis. */
  readonly from: number;
  readonly sweep: number;
}

export const WHOLE_TURN = 2 * Math.PI;

/** Even along each arc, normal across it with that standard deviation; every arc is chosen as often as any other. */
export function alongArcs(arcs: readonly Arc[], deviation: number): Distribution {
  return {
    pointOf({ u, v, m }) {
      const [{ center, radius, from, sweep }] = pick(arcs, u);
      const angle = from + sweep * v;
      const distance = radius + deviation * m;
      return [center[0] + distance * Math.cos(angle), center[1] + distance * Math.sin(angle)];
    },
    densityAt(x, y) {
      const sum = arcs.reduce((total, arc) => total + densityOfArc(arc, deviation, x, y), 0);
      return sum / arcs.length;
    },
    modes: null,
  };
}

/** In polar coordinates about the centre the density is a bell across and even along; a plane's area is r dr dφ. */
function densityOfArc({ center, radius, from, sweep }: Arc, deviation: number, x: number, y: number): number {
  const [dx, dy] = [x - center[0], y - center[1]];
  const distance = Math.hypot(dx, dy);
  const turned = (Math.atan2(dy, dx) - from) % WHOLE_TURN;
  const angle = turned < 0 ? turned + WHOLE_TURN : turned;
  if (angle > sweep || distance === 0) return 0;
  return bell(distance - radius, deviation) / (sweep * distance);
}
