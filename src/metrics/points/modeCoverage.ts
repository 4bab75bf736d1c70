/** Which of a data set's clouds a generator has found, and how many of its points lie in one. It must not know the generator. */

/** A point within so many standard deviations of a cloud's middle lies in it. */
const GOOD_DEVIATIONS = 3;

export interface Clouds {
  readonly centers: readonly (readonly [x: number, y: number])[];
  /** Standard deviation along either axis. */
  readonly deviation: number;
}

export interface ModeCoverage {
  /** Clouds that at least one point lies in. */
  readonly covered: number;
  readonly modes: number;
  /** Share of points that lie in a cloud, in [0, 1]; of a Gaussian's own points 0.989 do. */
  readonly goodShare: number;
}

/** Modes and high-quality samples as Srivastava et al. 2017 (VEEGAN), section 4.1, count them; points are [count, 2]. */
export function modeCoverage(points: Float32Array, { centers, deviation }: Clouds): ModeCoverage {
  const reach = (GOOD_DEVIATIONS * deviation) ** 2;
  const found = new Set<number>();
  let good = 0;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [points[at] ?? NaN, points[at + 1] ?? NaN];
    const own = centers.findIndex(([cx, cy]) => (x - cx) ** 2 + (y - cy) ** 2 < reach);
    if (own < 0) continue;
    found.add(own);
    good += 1;
  }
  return { covered: found.size, modes: centers.length, goodShare: good / Math.max(1, points.length / 2) };
}
