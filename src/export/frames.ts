/** The images of a film as frames to be encoded: enlarged, in colours. It must not know any file format. */

/** Images of bytes, [count, height, width, channels], row-major. */
export interface Images {
  readonly count: number;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly pixels: Uint8Array;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

const CHANNELS_OUT = 4;
const OPAQUE = 255;

/** One image of the batch, each pixel a square of `scale` by `scale`. */
export function frameOf({ shape: [height, width, channels], pixels }: Images, index: number, scale: number): Frame {
  const [wide, high] = [width * scale, height * scale];
  const rgba = new Uint8ClampedArray(wide * high * CHANNELS_OUT);
  const first = index * height * width * channels;
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const from = first + (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
      const to = (y * wide + x) * CHANNELS_OUT;
      const red = pixels[from] ?? 0;
      rgba[to] = red;
      rgba[to + 1] = channels === 1 ? red : (pixels[from + 1] ?? 0);
      rgba[to + 2] = channels === 1 ? red : (pixels[from + 2] ?? 0);
      rgba[to + 3] = OPAQUE;
    }
  }
  return { width: wide, height: high, rgba };
}
