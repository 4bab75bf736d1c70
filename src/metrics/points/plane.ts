/** Points of the plane counted in the cells of a square grid, and how densely they lie. It must not know where they come from. */

/** A square about the origin in cells, row by row from the lower left. */
export interface PlaneGrid {
  /** Cells along either side. */
  readonly side: number;
  /** Half the length of a side. */
  readonly extent: number;
}

/** How many of the points, [count, 2], lie in each cell, [side · side]; those outside the square are left out. */
export function countInCells(points: Float32Array, { side, extent }: PlaneGrid): Float64Array {
  const counts = new Float64Array(side * side);
  const cellAt = (coordinate: number) => Math.floor(((coordinate + extent) / (2 * extent)) * side);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [column, row] = [cellAt(points[at] ?? NaN), cellAt(points[at + 1] ?? NaN)];
    if (!(column >= 0 && column < side && row >= 0 && row < side)) continue;
    const cell = row * side + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** Beyond so many deviations a kernel is as good as 0. */
const REACH = 4;

/**
 * A kernel estimate of the probability density in the middle of each cell: every point counts as a Gaussian of that standard
 * deviation (Silverman 1986, section 4.2), placed in the middle of its cell. Its integral is the share of points within the
 * square, less what kernels lose over the edge.
 */
export function densityOf(points: Float32Array, grid: PlaneGrid, deviation: number): Float32Array<ArrayBuffer> {
  const { side, extent } = grid;
  const length = (2 * extent) / side;
  const middle = Math.ceil((REACH * deviation) / length);
  const kernel = Array.from({ length: 2 * middle + 1 }, (_, place) =>
    Math.exp(-0.5 * (((place - middle) * length) / deviation) ** 2),
  );
  const whole = kernel.reduce((sum, weight) => sum + weight, 0);
  const smooth = kernel.map((weight) => weight / whole);
  const counts = countInCells(points, grid);
  const blurred = blurred1d(blurred1d(counts, side, smooth, 1, side), side, smooth, side, 1);
  const each = 1 / (Math.max(1, points.length / 2) * length * length);
  return Float32Array.from(blurred, (count) => count * each);
}

/** Along lines whose numbers stand `stride` apart and whose beginnings stand `between` apart. */
function blurred1d(
  values: Float64Array,
  side: number,
  kernel: readonly number[],
  stride: number,
  between: number,
): Float64Array {
  const result = new Float64Array(values.length);
  const middle = (kernel.length - 1) / 2;
  for (let line = 0; line < side; line++) {
    for (let place = 0; place < side; place++) {
      const value = values[line * between + place * stride] ?? 0;
      if (value === 0) continue;
      const from = Math.max(0, place - middle);
      const to = Math.min(side - 1, place + middle);
      for (let target = from; target <= to; target++) {
        const index = line * between + target * stride;
        result[index] = (result[index] ?? 0) + value * (kernel[target - place + middle] ?? 0);
      }
    }
  }
  return result;
}
