/** Batches of images taken apart and laid out anew. Pure; it must not know where images come from or what shows them. */
import type { ImageBatch } from "../worker/protocol.ts";

/** One image of a batch, as a batch of its own. */
export function imageOf({ shape, pixels }: ImageBatch, index: number): ImageBatch {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return { count: 1, shape, pixels: pixels.slice(index * size, (index + 1) * size) };
}

/** Images of one shape as one batch, in a row; null where one is still to come. */
export function besideOneAnother(...images: readonly (ImageBatch | null)[]): ImageBatch | null {
  const all = images.filter((batch) => batch !== null);
  const shape = all[0]?.shape;
  if (shape === undefined || all.length < images.length) return null;
  const pixels = new Uint8Array(all.reduce((length, batch) => length + batch.pixels.length, 0));
  let end = 0;
  for (const batch of all) {
    pixels.set(batch.pixels, end);
    end += batch.pixels.length;
  }
  const count = all.reduce((sum, batch) => sum + batch.count, 0);
  return { count, shape, pixels, grid: { columns: count, rowLabels: [] } };
}
