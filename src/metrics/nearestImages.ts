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
    const bounds = yield* this.#lowerBounds(count, this.#sumsOf(image, 0, new Uint16Array(this.#width), 0));
    const first = leastOf(bounds);
    let best = { item: first, squares: this.#squares(pixels, first, image, Infinity) };
    for (let item = 0; item < count; item++) {
      if (item % PORTION === PORTION - 1) yield;
      if ((bounds[item] ?? 0) > best.squares) continue;
      const squares = this.#squares(pixels, item, image, best.squares);
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

  /**
   * For every image a number that its squared difference from the given one does not fall below: over a block of n pixels,
   * n times the sum of squares is at least the square of the sum (Cauchy and Schwarz).
   */
  *#lowerBounds(count: number, sums: Uint16Array): Work<Float64Array> {
    const width = this.#width;
    const bounds = new Float64Array(count);
    for (let item = 0; item < count; item++) {
      if (item % PORTION === PORTION - 1) yield;
      let squares = 0;
      for (let block = 0; block < width; block++) {
        const difference = (this.#sums[item * width + block] ?? 0) - (sums[block] ?? 0);
        squares += difference * difference;
      }
      bounds[item] = squares / (BLOCK * BLOCK);
    }
    return bounds;
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

  /** The sum of squared differences, or anything larger than `enough` once it is that large. */
  #squares(pixels: Uint8Array, item: number, image: Uint8Array, enough: number): number {
    const first = item * this.#size;
    let squares = 0;
    for (let index = 0; index < this.#size && squares <= enough; index++) {
      const difference = (pixels[first + index] ?? 0) - (image[index] ?? 0);
      squares += difference * difference;
    }
    return squares;
  }
}

function leastOf(values: Float64Array): number {
  let least = 0;
  for (let index = 1; index < values.length; index++)
    if ((values[index] ?? NaN) < (values[least] ?? NaN)) least = index;
  return least;
}
