/** Where points of a batch are told to go, as arrows in the plane. It knows numbers alone. */

/** From a point, in units of the plane. */
export interface PointArrow {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly up: number;
}

/** Length of the longest arrow, in units of the plane, which is 4 wide. */
export const LONGEST_ARROW = 0.8;

/**
 * An arrow a point, of `at` and `told`, both [count, 2]. The longest is always as long and the others are in proportion, since
 * gradients are of any size; all are nothing where nothing is told.
 */
export function pointArrows(at: Float32Array, told: Float32Array): readonly PointArrow[] {
  const count = at.length / 2;
  const lengths = Array.from({ length: count }, (_, point) =>
    Math.hypot(told[2 * point] ?? 0, told[2 * point + 1] ?? 0),
  );
  const most = Math.max(0, ...lengths);
  const factor = most > 0 ? LONGEST_ARROW / most : 0;
  return lengths.map((_, point) => ({
    x: at[2 * point] ?? 0,
    y: at[2 * point + 1] ?? 0,
    right: factor * (told[2 * point] ?? 0),
    up: factor * (told[2 * point + 1] ?? 0),
  }));
}
