/** Points along straight pieces, a little off them: what the sets of lines are. It knows no set by name. */
import { bell, pick, type Distribution, type Point } from "./distribution.ts";

export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

/** Even along each piece, normal across it with that standard deviation; every piece is chosen as often as any other. */
export function alongSegments(segments: readonly Segment[], deviation: number): Distribution {
  return {
    pointOf({ u, v, m }) {
      const [segment] = pick(segments, u);
      const { from, length, direction } = frameOf(segment);
      const [along, across] = [length * v, deviation * m];
      return [
        from[0] + along * direction[0] - across * direction[1],
        from[1] + along * direction[1] + across * direction[0],
      ];
    },
    densityAt(x, y) {
      const sum = segments.reduce((total, segment) => total + densityOfSegment(segment, deviation, x, y), 0);
      return sum / segments.length;
    },
    modes: null,
  };
}

function densityOfSegment(segment: Segment, deviation: number, x: number, y: number): number {
  const { from, length, direction } = frameOf(segment);
  const [dx, dy] = [x - from[0], y - from[1]];
  const along = dx * direction[0] + dy * direction[1];
  if (along < 0 || along > length) return 0;
  return bell(dy * direction[0] - dx * direction[1], deviation) / length;
}

function frameOf({ from, to }: Segment) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  return { from, length, direction: [dx / length, dy / length] as Point };
}
