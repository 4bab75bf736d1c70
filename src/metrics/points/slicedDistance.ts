/** How far points have to be moved to become others, slice by slice. It must not know where they come from. */
import { invariant } from "../../shared/invariant.ts";

/** Directions that points are projected on, evenly over half a turn; the other half would say the same. */
const DIRECTIONS = 32;

/**
 * The sliced Wasserstein distance of order 1 between as many points as others, [count, 2] each: the mean over directions of
 * how far the sorted projections lie apart (Rabin et al. 2011; Bonneel et al. 2015). In units of the plane; 0 for equal sets.
 * NaN where a point is no number.
 */
export function slicedDistance(first: Float32Array, second: Float32Array): number {
  invariant(first.length === second.length && first.length > 0, "sets of unequal size");
  let sum = 0;
  for (let index = 0; index < DIRECTIONS; index++) {
    const angle = (Math.PI * index) / DIRECTIONS;
    const [left, right] = [projections(first, angle), projections(second, angle)];
    sum += left.reduce((total, value, place) => total + Math.abs(value - (right[place] ?? NaN)), 0) / left.length;
  }
  return sum / DIRECTIONS;
}

function projections(points: Float32Array, angle: number): Float64Array {
  const [right, up] = [Math.cos(angle), Math.sin(angle)];
  const values = new Float64Array(points.length / 2);
  for (let row = 0; row < values.length; row++) {
    values[row] = (points[2 * row] ?? NaN) * right + (points[2 * row + 1] ?? NaN) * up;
  }
  return values.sort();
}
