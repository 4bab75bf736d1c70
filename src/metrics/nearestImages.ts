/**
 * Finds the image of a data set that is most like a given one, pixel by pixel, without looking at every pixel of all. It
 * must not know who made the given one.
 */
import { invariant } from "../shared/invariant.ts";
import type { Work } from "./work.ts";

export type ImageShape = readonly [height: number, width: number, channels: number];

/** Side of the squares of pixels whose sums are compared first. */
const BLOCK = 4;
/** Images whose sums are compared between two pauses: a few milliseconds. */
const PORTION = 8192;
/** Every so many images one is tried before all are looked at. */
const STRIDE = 16;

export interface NearestImage {
  /** Its place in the data set. */
  readonly item: number;
  /** Root of the mean squared difference of pixels that count from 0 to 1. */
  readonly distance: number;
}

/** Remembers the sums of the images it has seen, and sums up those that have come since. */
export class NearestImages {
  readonly #shape: ImageShape;
  readonly #size: number;
  /** Sums of one image. */
  readonly #width: number;
  #sums = new Uint16Array(0);
  #summed = 0;

  constructor(shape: ImageShape) {
    this.#shape = shape;
    this.#size = shape.reduce((product, dimension) => product * dimension, 1);
    const [height, width, channels] = shape;
    this.#width = Math.ceil(height / BLOCK) * Math.ceil(width / BLOCK) * channels;
  }

  /**
   * The nearest image to one of the same shape; the earliest of equals.
   * @param pixels [count, height, width, channels]: the data set as far as it has come, always from its beginning
   */
  *find(pixels: Uint8Array, image: Uint8Array): Work<NearestImage> {
    const count = pixels.length / this.#size;
    invariant(count > 0 && Number.isInteger(count) && image.length === this.#size, "whole images of one shape");
    yield* this.#sumUpTo(count, pixels);
    const sums = this.#sumsOf(image, 0, new Uint16Array(this.#width), 0);
    const first = this.#promising(count, sums);
    let best = { item: first, squares: squaredDifference(pixels, first, image, Infinity) };
    for (let item = 0; item < count; item++) {
      if (item % PORTION === PORTION - 1) yield;
      if (lowerBound(this.#sums, item, sums, best.squares) > best.squares) continue;
      const squares = squaredDifference(pixels, item, image, best.squares);
      if (squares < best.squares || (squares === best.squares && item < best.item)) best = { item, squares };
    }
    return { item: best.item, distance: Math.sqrt(best.squares / this.#size) / 255 };
  }

  *#sumUpTo(count: number, pixels: Uint8Array): Work<void> {
    if (this.#sums.length < count * this.#width) {
      const larger = new Uint16Array(count * this.#width);
      larger.set(this.#sums);
      this.#sums = larger;
    }
    while (this.#summed < count) {
      const end = Math.min(this.#summed + PORTION / 4, count);
      for (let item = this.#summed; item < end; item++) {
        this.#sumsOf(pixels, item * this.#size, this.#sums, item * this.#width);
      }
      this.#summed = end;
      yield;
    }
  }

  /** An image that is near already, out of a few: the nearer it is, the fewer others need a closer look. */
  #promising(count: number, sums: Uint16Array): number {
    let best = { item: 0, bound: Infinity };
    for (let item = 0; item < count; item += STRIDE) {
      const bound = lowerBound(this.#sums, item, sums, best.bound);
      if (bound < best.bound) best = { item, bound };
    }
    return best.item;
  }

  /** Writes the sums of one image's blocks, channel by channel, and returns where they were written. */
  #sumsOf(pixels: Uint8Array, first: number, sums: Uint16Array, target: number): Uint16Array {
    const [height, width, channels] = this.#shape;
    const across = Math.ceil(width / BLOCK);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const block = target + (Math.floor(row / BLOCK) * across + Math.floor(column / BLOCK)) * channels;
        const pixel = first + (row * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          sums[block + channel] = (sums[block + channel] ?? 0) + (pixels[pixel + channel] ?? 0);
        }
      }
    }
    return sums;
  }
}

/**
 * A number that the squared difference of two images does not fall below, given the sums of their blocks: over a block of
 * n pixels, n times the sum of squares is at least the square of the sum (Cauchy and Schwarz). Or anything larger than
 * `enough` once it is that large.
 */
function lowerBound(all: Uint16Array, item: number, sums: Uint16Array, enough: number): number {
  return squaredDifference(all, item, sums, enough * BLOCK * BLOCK) / (BLOCK * BLOCK);
}

/**
 * The sum of squared differences from the `item`-th row of some numbers, or anything larger than `enough` once it is that
 * large: which is soonest found out from the middle of an image on, as its edges differ the least.
 */
function squaredDifference(
  all: Uint8Array | Uint16Array,
  item: number,
  given: Uint8Array | Uint16Array,
  enough: number,
): number {
  const size = given.length;
  const first = item * size;
  const middle = size >> 1;
  let squares = 0;
  for (let step = 0; step < size && squares <= enough; step++) {
    const index = step < size - middle ? middle + step : step - size + middle;
    const difference = (all[first + index] ?? 0) - (given[index] ?? 0);
    squares += difference * difference;
  }
  return squares;
}
