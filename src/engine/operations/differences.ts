/** For tests: gradients in float64, by differences of the function itself. They know no formula of a derivative. */

/** Small enough that what is left out, the step's square, is below 1e-7; large enough that cancellation leaves nine digits. */
const STEP = 1e-4;

/**
 * The gradient of Σ weights · f(at) by `at`, at some places of it. `f` is given the same array every time, with one number
 * moved; where it has a kink within a step, the answer means nothing.
 */
export function gradientByDifferences(
  f: (at: Float64Array) => Float64Array,
  at: Float64Array,
  weights: ArrayLike<number>,
  places: readonly number[],
): readonly number[] {
  const moved = at.slice();
  const total = (place: number, step: number): number => {
    moved[place] = (at[place] ?? NaN) + step;
    const sum = f(moved).reduce((total, value, index) => total + value * (weights[index] ?? NaN), 0);
    moved[place] = at[place] ?? NaN;
    return sum;
  };
  return places.map((place) => (total(place, STEP) - total(place, -STEP)) / (2 * STEP));
}

/** At most `most` places among `count`, spread evenly, the first and the last among them. */
export function somePlaces(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}
