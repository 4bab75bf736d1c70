/** Images side by side in one picture, with gaps between them. */
import { PNG } from "pngjs";
import type { ImageBatch } from "../../src/worker/protocol.ts";

/** Source pixels between two images, and around them all. */
const GAP = 2;
/** Every source pixel is a square of so many, so that a small image can be looked at. */
const SCALE = 2;
const GAP_GREY = 64;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, row-major. */
  readonly pixels: Uint8Array;
}

/**
 * Images row by row: in the grid that the batch comes with, else the first `columns` × `rows` of it, or fewer of both where
 * it has fewer. They are grey (one channel) or in colour (three).
 */
export function gridOf(images: ImageBatch, most: { readonly columns: number; readonly rows: number }): Picture {
  const { grid, count } = images;
  const columns = grid?.columns ?? Math.min(most.columns, count);
  const rows = Math.ceil(count / columns);
  return stackOf([{ images, columns, rows: grid === undefined ? Math.min(most.rows, rows) : rows }]);
}

/**
 * One row of images for every batch, each the first `columns` of it, or all it has; of batches that come with a grid, column
 * by column.
 */
export function stripOf(batches: readonly ImageBatch[], columns: number): Picture {
  return stackOf(
    batches.map((images) => ({ images: byColumns(images), columns: Math.min(columns, images.count), rows: 1 })),
  );
}

function byColumns(images: ImageBatch): ImageBatch {
  const { grid, count, pixels } = images;
  if (grid === undefined) return images;
  const size = pixels.length / count;
  const rows = count / grid.columns;
  const turned = new Uint8Array(pixels.length);
  for (let cell = 0; cell < count; cell++) {
    const from = (cell % rows) * grid.columns + Math.floor(cell / rows);
    turned.set(pixels.subarray(from * size, (from + 1) * size), cell * size);
  }
  return { ...images, pixels: turned };
}

interface Block {
  readonly images: ImageBatch;
  readonly columns: number;
  readonly rows: number;
}

/** Blocks of one width, one below the other. */
function stackOf(blocks: readonly Block[]): Picture {
  const [first] = blocks;
  if (first === undefined) throw new Error("There are no images to lay out.");
  const [imageHeight, imageWidth] = first.images.shape;
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const width = (first.columns * (imageWidth + GAP) + GAP) * SCALE;
  const height = (rows * (imageHeight + GAP) + GAP) * SCALE;
  const picture = { width, height, pixels: new Uint8Array(width * height * 4) };
  for (let index = 0; index < picture.pixels.length; index++) {
    picture.pixels[index] = index % 4 === 3 ? 255 : GAP_GREY;
  }
  let row = 0;
  for (const { images, columns, rows: blockRows } of blocks) {
    for (let cell = 0; cell < Math.min(columns * blockRows, images.count); cell++) {
      const top = (row + Math.floor(cell / columns)) * (imageHeight + GAP) + GAP;
      paint(picture, images, cell, top, (cell % columns) * (imageWidth + GAP) + GAP);
    }
    row += blockRows;
  }
  return picture;
}

/** Paints one image with its upper left corner at a place given in source pixels. */
function paint(picture: Picture, { shape, pixels }: ImageBatch, image: number, top: number, left: number): void {
  const [height, width, channels] = shape;
  for (let y = 0; y < height * SCALE; y++) {
    for (let x = 0; x < width * SCALE; x++) {
      const pixel = (image * height + Math.floor(y / SCALE)) * width + Math.floor(x / SCALE);
      const target = ((top * SCALE + y) * picture.width + left * SCALE + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        picture.pixels[target + channel] = pixels[pixel * channels + Math.min(channel, channels - 1)] ?? 0;
      }
    }
  }
}

export function pngOf({ width, height, pixels }: Picture): Uint8Array {
  const png = new PNG({ width, height });
  png.data.set(pixels);
  return PNG.sync.write(png);
}
