/** A film as an animated GIF, which plays everywhere. */
import { applyPalette, GIFEncoder, quantize, type Palette } from "gifenc";
import { frameOf, type Images } from "./frames.ts";

export interface FilmOptions {
  /** Screen pixels for one source pixel. */
  readonly scale: number;
  readonly framesPerSecond: number;
}

const COLOURS = 256;

/** Grey images keep every shade: a palette has as many entries as a byte has values. */
const GREYS: Palette = Array.from({ length: COLOURS }, (_, shade) => [shade, shade, shade]);

/** The bytes of a GIF that repeats for ever. */
export function gifOf(film: Images, { scale, framesPerSecond }: FilmOptions): Uint8Array<ArrayBuffer> {
  const encoder = GIFEncoder();
  const isGrey = film.shape[2] === 1;
  for (let index = 0; index < film.count; index++) {
    const { width, height, rgba } = frameOf(film, index, scale);
    const palette = isGrey ? GREYS : quantize(rgba, COLOURS);
    const indices = isGrey ? everyFourth(rgba) : applyPalette(rgba, palette);
    encoder.writeFrame(indices, width, height, { palette, delay: 1000 / framesPerSecond, repeat: 0 });
  }
  encoder.finish();
  return encoder.bytes();
}

/** The red of every pixel. */
function everyFourth(rgba: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, index) => rgba[index * 4] ?? 0);
}
