/** An image taken apart into what each doubling of its resolution adds. It must not know what is done with the parts. */
import { invariant } from "../shared/invariant.ts";

/** One channel of one image. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  /** [height, width], row-major. */
  readonly values: Float32Array;
}

/** The binomial kernel of the paper, along one axis. */
const KERNEL = [1, 4, 6, 4, 1].map((weight) => weight / 16);

/**
 * The Laplacian pyramid (Burt and Adelson 1983): every level but the last holds what is lost when its image is halved and
 * enlarged again, the last one what remains. Edges are mirrored.
 */
export function laplacianPyramid(image: Plane, levels: number): readonly Plane[] {
  invariant(levels > 0, "a pyramid without levels");
  const pyramid: Plane[] = [];
  let rest = image;
  for (let level = 1; level < levels; level++) {
    const half = halve(rest);
    const { height, width } = rest;
    const enlarged = enlarge(half, height, width);
    pyramid.push({ height, width, values: rest.values.map((value, index) => value - (enlarged.values[index] ?? NaN)) });
    rest = half;
  }
  return [...pyramid, rest];
}

/** Every second pixel of the smoothed image. */
export function halve({ height, width, values }: Plane): Plane {
  const across = smoothRows(values, height, width, 1);
  const smooth = transposed(smoothRows(transposed(across, height, width), width, height, 1), width, height);
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const half = Float32Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    return smooth[2 * row * width + 2 * column] ?? NaN;
  });
  return { height: rows, width: columns, values: half };
}

/** An image of that size: the small one's pixels at every second place, zeros between, smoothed and as bright as before. */
export function enlarge(small: Plane, height: number, width: number): Plane {
  const sparse = new Float32Array(height * width);
  for (let row = 0; row < small.height; row++) {
    for (let column = 0; column < small.width; column++) {
      sparse[2 * row * width + 2 * column] = small.values[row * small.width + column] ?? NaN;
    }
  }
  const across = smoothRows(sparse, height, width, 2);
  const values = transposed(smoothRows(transposed(across, height, width), width, height, 2), width, height);
  return { height, width, values };
}

/** Every row folded with the kernel, times a gain. */
function smoothRows(values: Float32Array, height: number, width: number, gain: number): Float32Array {
  const smooth = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (const [offset, weight] of KERNEL.entries()) {
        sum += weight * (values[row * width + mirrored(column + offset - 2, width)] ?? NaN);
      }
      smooth[row * width + column] = gain * sum;
    }
  }
  return smooth;
}

/** A place beyond the edge, mirrored at the edge's own pixel. */
function mirrored(place: number, length: number): number {
  if (length === 1) return 0;
  const beyond = place < 0 ? -place : place;
  return beyond < length ? beyond : 2 * (length - 1) - beyond;
}

function transposed(values: Float32Array, height: number, width: number): Float32Array {
  return values.map((_, index) => values[(index % height) * width + Math.floor(index / height)] ?? NaN);
}
