/** What a distribution of points in the plane is, and how points are drawn from it. Pure; it must not know any by name. */
import { present } from "../../shared/invariant.ts";
import { normal, uniform } from "../../shared/random.ts";

export type Point = readonly [x: number, y: number];

/** Half the side of the square, centred on the origin, in which distributions lie and which is shown. */
export const PLANE_EXTENT = 2;

/** What one point is made of. */
export interface Draws {
  /** Even in [0, 1). */
  readonly u: number;
  readonly v: number;
  /** Standard normal. */
  readonly m: number;
  readonly n: number;
}

/** Places that points gather about, each as often as any other, in a normal distribution alike in all directions. */
export interface Modes {
  readonly centers: readonly Point[];
  /** Standard deviation along either axis. */
  readonly deviation: number;
}

export interface Distribution {
  /** The point that those draws make. */
  readonly pointOf: (draws: Draws) => Point;
  /** Probability density at a point, of integral 1 over the plane; null where no formula is known. */
  readonly densityAt: ((x: number, y: number) => number) | null;
  /** Null where the points do not gather about places. */
  readonly modes: Modes | null;
}

/** Which points are drawn: a seed, and from the `first`-th on. */
export interface PointKey {
  readonly seed: number;
  readonly draw: number;
}

/** `count` points by key, [count, 2]. The same key gives the same points. */
export function samplePoints(
  { pointOf }: Distribution,
  { seed, draw }: PointKey,
  count: number,
): Float32Array<ArrayBuffer> {
  const even = uniform({ seed, stream: "points", draw: 2 * draw }, 2 * count);
  const bell = normal({ seed, stream: "points", draw: 2 * draw + 1 }, 2 * count);
  const points = new Float32Array(2 * count);
  for (let at = 0; at < 2 * count; at += 2) {
    const [u, v] = [even[at] ?? 0, even[at + 1] ?? 0];
    const [m, n] = [bell[at] ?? 0, bell[at + 1] ?? 0];
    points.set(pointOf({ u, v, m, n }), at);
  }
  return points;
}

/** Density of a normal distribution about 0 with that standard deviation. */
export function bell(x: number, deviation: number): number {
  return Math.exp(-0.5 * (x / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));
}

/** The item that a number in [0, 1) falls to, each as often as any other, and the rest of it, even in [0, 1) again. */
export function pick<Item>(items: readonly Item[], u: number): readonly [item: Item, rest: number] {
  const place = u * items.length;
  const index = Math.min(Math.floor(place), items.length - 1);
  return [present(items[index], "an item to pick"), place - index];
}
