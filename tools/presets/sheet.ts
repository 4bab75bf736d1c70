/** A preset's probe at a few steps, as one small picture. It must not know presets. */
import { PNG } from "pngjs";
import { present } from "../../src/shared/invariant.ts";
import type { ImageBatch } from "../../src/worker/protocol.ts";
import { gridOf, sheetOf, type Picture } from "../cli/imageGrid.ts";

/** Of each batch; as many columns as the digits that conditional generators are asked for. */
const IMAGES = { columns: 10, rows: 2 } as const;

/** Of each batch, where single pixels are to be seen: as wide a picture of fewer images. */
const CLOSE_UP = { columns: 5, rows: 1, scale: 3 } as const;

/** Two levels of brightness that differ by less look the same in a picture of this size, and compress far better. */
const LEVEL = 17;

/** Two rows of images a batch, one batch below the other; or, where a batch is a single picture of the plane, side by side. */
export function sheetOfProbe(batches: readonly ImageBatch[], closeUp = false): Picture {
  if (!batches.every(({ count }) => count === 1)) {
    return closeUp ? sheetOf(batches, CLOSE_UP, CLOSE_UP.scale) : sheetOf(batches, IMAGES);
  }
  const { shape } = present(batches[0], "the first picture");
  const pixels = new Uint8Array(batches.length * shape[0] * shape[1] * shape[2]);
  for (const [index, batch] of batches.entries()) pixels.set(batch.pixels, index * batch.pixels.length);
  return gridOf({ count: batches.length, shape, pixels }, { columns: batches.length, rows: 1 }, 1);
}

/** A PNG of few bytes: with a sixteenth of the levels of brightness, and without colour where there is none. */
export function smallPngOf({ width, height, pixels }: Picture): Uint8Array {
  const png = new PNG({ width, height });
  png.data.set(pixels.map((value) => Math.round(value / LEVEL) * LEVEL));
  const isGrey = pixels.every((value, index) => index % 4 === 3 || value === pixels[index - (index % 4)]);
  return PNG.sync.write(png, { colorType: isGrey ? 0 : 2, deflateLevel: 9 });
}
