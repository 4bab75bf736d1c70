/** Images side by side in one picture, with gaps between them. */
import { PNG } from "pngjs";
import type { ImageBatch } from "../../src/worker/protocol.ts";

/** Source pixels between two images, and around them all. */
const GAP = 2;
/** Every source pixel is a square of so many unless asked otherwise, so that a small image can be looked at. */
const SCALE = 2;
/** Source pixels, besides, between two batches of a sheet. */
const SHEET_GAP = 6;
const GAP_GREY = 64;

/** How many images go side by side, and one below the other. */
export interface Lattice {
  readonly columns: number;
  readonly rows: number;
}

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
export function gridOf(images: ImageBatch, most: Lattice, scale = SCALE): Picture {
  const { grid, count } = images;
  const columns = grid?.columns ?? Math.min(most.columns, count);
  const rows = Math.ceil(count / columns);
  return stackOf([{ images, columns, rows: grid === undefined ? Math.min(most.rows, rows) : rows }], scale, 0);
}

/**
 * One row of images for every batch, each the first `columns` of it, or all it has; of batches that come with a grid, column
 * by column.
 */
export function stripOf(batches: readonly ImageBatch[], columns: number): Picture {
  return stackOf(blocksOf(batches, { columns, rows: 1 }), SCALE, 0);
}

/** The same with several rows a batch, in source pixels, and a wider gap after each batch. */
export function sheetOf(batches: readonly ImageBatch[], most: Lattice, scale = 1): Picture {
  return stackOf(blocksOf(batches, most), scale, SHEET_GAP);
}

function blocksOf(batches: readonly ImageBatch[], most: Lattice): readonly Block[] {
  return batches.map((images) => {
    const columns = Math.min(most.columns, images.count);
    return { images: byColumns(images), columns, rows: Math.min(most.rows, Math.ceil(images.count / columns)) };
  });
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

interface Block extends Lattice {
  readonly images: ImageBatch;
}

/** Blocks of one width, one below the other; `between` source pixels more lie between two of them. */
function stackOf(blocks: readonly Block[], scale: number, between: number): Picture {
  const [first] = blocks;
  if (first === undefined) throw new Error("There are no images to lay out.");
  const [imageHeight, imageWidth] = first.images.shape;
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const width = (first.columns * (imageWidth + GAP) + GAP) * scale;
  const height = (rows * (imageHeight + GAP) + GAP + (blocks.length - 1) * between) * scale;
  const picture = { width, height, pixels: new Uint8Array(width * height * 4) };
  for (let index = 0; index < picture.pixels.length; index++) {
    picture.pixels[index] = index % 4 === 3 ? 255 : GAP_GREY;
  }
  let blockTop = GAP;
  for (const { images, columns, rows: blockRows } of blocks) {
    for (let cell = 0; cell < Math.min(columns * blockRows, images.count); cell++) {
      const top = blockTop + Math.floor(cell / columns) * (imageHeight + GAP);
      paint(picture, scale, images, cell, { top, left: (cell % columns) * (imageWidth + GAP) + GAP });
    }
    blockTop += blockRows * (imageHeight + GAP) + between;
  }
  return picture;
}

/** Paints one image with its upper left corner at a place given in source pixels. */
function paint(
  picture: Picture,
  scale: number,
  { shape, pixels }: ImageBatch,
  image: number,
  { top, left }: { readonly top: number; readonly left: number },
): void {
  const [height, width, channels] = shape;
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const pixel = (image * height + Math.floor(y / scale)) * width + Math.floor(x / scale);
      const target = ((top * scale + y) * picture.width + left * scale + x) * 4;
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
