/** Image batches onto canvases, pixel for pixel. It knows bytes and canvases, not runs. */
import type { ImageBatch } from "../../worker/protocol.ts";

/** Source pixels between two images of a grid. */
export const GAP = 2;
const CHANNELS_OUT = 4;
const OPAQUE = 255;

export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** In source pixels. */
  readonly width: number;
  readonly height: number;
}

/** The grid that the images come with, else the squarest one for that many. */
export function gridLayout({ count, shape, grid }: Pick<ImageBatch, "count" | "shape" | "grid">): GridLayout {
  const [height, width] = shape;
  const columns = grid?.columns ?? Math.max(1, Math.ceil(Math.sqrt(count)));
  const rows = Math.max(1, Math.ceil(count / columns));
  return { columns, rows, width: columns * (width + GAP) - GAP, height: rows * (height + GAP) - GAP };
}

/** The batch as a grid of RGBA pixels; gaps are transparent, and take the colour of what lies behind. */
export function gridPixels(images: ImageBatch): Uint8ClampedArray<ArrayBuffer> {
  const layout = gridLayout(images);
  const [height, width] = images.shape;
  const pixels = new Uint8ClampedArray(layout.width * layout.height * CHANNELS_OUT);
  for (let index = 0; index < images.count; index++) {
    const left = (index % layout.columns) * (width + GAP);
    const top = Math.floor(index / layout.columns) * (height + GAP);
    copyImage(images, index, pixels, layout.width, left, top);
  }
  return pixels;
}

/** One image of the batch as RGBA pixels. */
export function imagePixels(images: ImageBatch, index: number): Uint8ClampedArray<ArrayBuffer> {
  const [height, width] = images.shape;
  const pixels = new Uint8ClampedArray(height * width * CHANNELS_OUT);
  copyImage(images, index, pixels, width, 0, 0);
  return pixels;
}

function copyImage(
  { shape: [height, width, channels], pixels: source }: ImageBatch,
  index: number,
  target: Uint8ClampedArray,
  stride: number,
  left: number,
  top: number,
): void {
  let from = index * height * width * channels;
  for (let y = 0; y < height; y++) {
    let to = ((top + y) * stride + left) * CHANNELS_OUT;
    for (let x = 0; x < width; x++) {
      const red = source[from] ?? 0;
      target[to] = red;
      target[to + 1] = channels === 1 ? red : (source[from + 1] ?? 0);
      target[to + 2] = channels === 1 ? red : (source[from + 2] ?? 0);
      target[to + 3] = OPAQUE;
      from += channels;
      to += CHANNELS_OUT;
    }
  }
}

/** Draws RGBA pixels of that width, and gives the canvas their size. */
export function putPixels(canvas: HTMLCanvasElement, pixels: Uint8ClampedArray<ArrayBuffer>, width: number): void {
  const height = pixels.length / CHANNELS_OUT / width;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
}

/** A latent as a square of greys: one dimension a pixel, black at −2, white at 2. */
export function latentPixels(latent: Float32Array): { readonly pixels: Uint8ClampedArray<ArrayBuffer>; width: number } {
  const width = Math.ceil(Math.sqrt(latent.length));
  const height = Math.ceil(latent.length / width);
  const pixels = new Uint8ClampedArray(width * height * CHANNELS_OUT);
  latent.forEach((value, index) => {
    const grey = ((value + 2) / 4) * OPAQUE;
    pixels.set([grey, grey, grey, OPAQUE], index * CHANNELS_OUT);
  });
  return { pixels, width };
}
