/** How far two sets of images lie apart, detail by detail, without any classifier. It must not know where they come from. */
import { invariant } from "../shared/invariant.ts";
import { normal, uniform } from "../shared/random.ts";
import { laplacianPyramid, type Plane } from "./laplacianPyramid.ts";
import type { Rows } from "./rows.ts";
import type { Work } from "./work.ts";

/** Side of the patches that are compared (the paper's choice). */
const PATCH = 7;
const PATCHES_PER_IMAGE = 32;
/** Random directions along which patches are compared. */
export const DIRECTIONS = 64;
const DIRECTIONS_AT_ONCE = 4;
const IMAGES_AT_ONCE = 16;
/** The paper gives its distances in thousandths. */
const SCALE = 1000;

type ImageShape = readonly [height: number, width: number, channels: number];

/**
 * The sliced Wasserstein distance between patches of both sets on every level of their Laplacian pyramids, averaged over
 * the levels, times a thousand (Karras et al. 2018, section 5; Rabin et al. 2011). 0 for equal sets. Both sets must hold
 * equally many images; the same places and directions are compared every time.
 * @param first [count, height, width, channels]
 */
export function* slicedWasserstein(first: Uint8Array, second: Uint8Array, shape: ImageShape): Work<number> {
  invariant(first.length === second.length, "sets of unequal size");
  const levels = levelsOf(shape);
  const [left, right] = [yield* patchesOf(first, shape, levels), yield* patchesOf(second, shape, levels)];
  let sum = 0;
  for (const [level, patches] of left.entries()) {
    const others = right[level];
    invariant(others !== undefined, "both sets have the same levels");
    sum += yield* sliceDistance(standardized(patches, shape[2]), standardized(others, shape[2]), level);
  }
  return (SCALE * sum) / levels;
}

/** The image itself, and halves of it for as long as a patch fits in. */
function levelsOf([height, width]: ImageShape): number {
  const shorter = Math.min(height, width);
  invariant(shorter >= PATCH, "images smaller than a patch");
  return 1 + Math.floor(Math.log2(shorter / PATCH));
}

/** For every level, patches at random places as rows: [images · PATCHES_PER_IMAGE, channels · PATCH · PATCH]. */
function* patchesOf(pixels: Uint8Array, shape: ImageShape, levels: number): Work<readonly Rows[]> {
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const count = pixels.length / size;
  const rows: readonly Rows[] = Array.from({ length: levels }, () => {
    const length = channels * PATCH * PATCH;
    return {
      count: count * PATCHES_PER_IMAGE,
      width: length,
      values: new Float32Array(count * PATCHES_PER_IMAGE * length),
    };
  });
  for (let image = 0; image < count; image++) {
    if (image % IMAGES_AT_ONCE === IMAGES_AT_ONCE - 1) yield;
    for (let channel = 0; channel < channels; channel++) {
      const values = Float32Array.from({ length: height * width }, (_, pixel) => {
        return (pixels[image * size + pixel * channels + channel] ?? 0) / 255;
      });
      for (const [level, plane] of laplacianPyramid({ height, width, values }, levels).entries()) {
        const target = rows[level];
        if (target !== undefined) cutPatches(plane, target, image, channel, level);
      }
    }
  }
  return rows;
}

function cutPatches(
  { height, width, values }: Plane,
  target: Rows,
  image: number,
  channel: number,
  level: number,
): void {
  const draws = uniform({ seed: level, stream: "quality", draw: image }, 2 * PATCHES_PER_IMAGE);
  for (let patch = 0; patch < PATCHES_PER_IMAGE; patch++) {
    const top = Math.floor((draws[2 * patch] ?? 0) * (height - PATCH + 1));
    const left = Math.floor((draws[2 * patch + 1] ?? 0) * (width - PATCH + 1));
    const start = (image * PATCHES_PER_IMAGE + patch) * target.width + channel * PATCH * PATCH;
    for (let row = 0; row < PATCH; row++) {
      const source = (top + row) * width + left;
      target.values.set(values.subarray(source, source + PATCH), start + row * PATCH);
    }
  }
}

/** Patches with mean 0 and deviation 1 over each channel of the whole set. */
export function standardized({ count, width, values }: Rows, channels: number): Rows {
  const length = width / channels;
  const result = new Float32Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    let squares = 0;
    for (let index = 0; index < values.length; index++) {
      if (Math.floor((index % width) / length) !== channel) continue;
      const value = values[index] ?? NaN;
      sum += value;
      squares += value * value;
    }
    const mean = sum / (count * length);
    // A set without any difference stays at 0.
    const deviation = Math.sqrt(Math.max(squares / (count * length) - mean * mean, 0)) || 1;
    for (let index = 0; index < values.length; index++) {
      if (Math.floor((index % width) / length) === channel) result[index] = ((values[index] ?? NaN) - mean) / deviation;
    }
  }
  return { count, width, values: result };
}

/** The mean over random directions of the distance between the sorted projections of both sets. */
export function* sliceDistance(left: Rows, right: Rows, level: number): Work<number> {
  let sum = 0;
  for (let index = 0; index < DIRECTIONS; index++) {
    if (index % DIRECTIONS_AT_ONCE === DIRECTIONS_AT_ONCE - 1) yield;
    const direction = sliceDirection(left.width, level, index);
    const [first, second] = [projected(left, direction), projected(right, direction)];
    sum += first.reduce((total, value, place) => total + Math.abs(value - (second[place] ?? NaN)), 0) / first.length;
  }
  return sum / DIRECTIONS;
}

/** A unit vector, the same every time. */
export function sliceDirection(width: number, level: number, index: number): Float32Array {
  const direction = normal({ seed: 0x51ced + level, stream: "quality", draw: index }, width);
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  return direction.map((value) => value / length);
}

function projected({ count, width, values }: Rows, direction: Float32Array): Float32Array {
  const projections = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let index = 0; index < width; index++) sum += (values[row * width + index] ?? NaN) * (direction[index] ?? NaN);
    projections[row] = sum;
  }
  return projections.sort();
}
