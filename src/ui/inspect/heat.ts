/** A map of numbers as tints over an image. Pure: it knows bytes and colours, and not what the numbers mean. */
import type { ImageBatch } from "../../worker/protocol.ts";
import type { Rgb } from "../lab/palette.ts";

export interface HeatMap {
  readonly rows: number;
  readonly columns: number;
  /** Row by row from the top left: [rows · columns]. */
  readonly values: Float32Array;
}

export interface HeatColours {
  readonly positive: Rgb;
  readonly negative: Rgb;
}

const CHANNELS_OUT = 4;
const OPAQUE = 255;
/** How much of its light the image keeps, so that tints stand out from it. */
const DIMMED = 0.4;

/** Numbers for each channel of each pixel as a map of pixels, whose channels are added up. */
export function mapOfPixels(values: Float32Array, [rows, columns, channels]: ImageBatch["shape"]): HeatMap {
  const sums = new Float32Array(rows * columns);
  for (const [index, value] of values.entries()) {
    const pixel = Math.floor(index / channels);
    sums[pixel] = (sums[pixel] ?? 0) + value;
  }
  return { rows, columns, values: sums };
}

/** What the full colours stand for: the strongest number, of either sign. */
export function strongestOf(values: Float32Array): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
}

/**
 * RGBA pixels of one image, dimmed and grey, under its map: the strongest number has its colour in full, others a share of
 * theirs, and what is no number has none.
 */
export function heatPixels(
  { shape: [height, width, channels], pixels }: ImageBatch,
  { rows, columns, values }: HeatMap,
  { positive, negative }: HeatColours,
): Uint8ClampedArray<ArrayBuffer> {
  const strongest = strongestOf(values);
  const painted = new Uint8ClampedArray(height * width * CHANNELS_OUT);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const bytes = pixels.subarray(pixel * channels, (pixel + 1) * channels);
      const grey = (DIMMED * bytes.reduce((sum, byte) => sum + byte, 0)) / channels;
      const value = values[Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width)] ?? 0;
      const strength = strongest === 0 || !Number.isFinite(value) ? 0 : Math.abs(value) / strongest;
      const colour = value > 0 ? positive : negative;
      painted.set([...colour.map((part) => grey + strength * (part - grey)), OPAQUE], pixel * CHANNELS_OUT);
    }
  }
  return painted;
}
