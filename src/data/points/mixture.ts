/** An even mixture of normal distributions: what the sets of Gaussians and a person's drawing are. It knows no set by name. */
import { bell, pick, type Distribution, type Point } from "./distribution.ts";

/** Points about `centers`, each chosen as often as any other, with that standard deviation along either axis. */
export function mixture(centers: readonly Point[], deviation: number): Distribution {
  return {
    pointOf({ u, m, n }) {
      const [[x, y]] = pick(centers, u);
      return [x + deviation * m, y + deviation * n];
    },
    densityAt(x, y) {
      const sum = centers.reduce((total, [cx, cy]) => total + bell(x - cx, deviation) * bell(y - cy, deviation), 0);
      return sum / centers.length;
    },
    modes: { centers, deviation },
  };
}
