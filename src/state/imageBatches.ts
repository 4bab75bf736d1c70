/** Batches of images taken apart and laid out anew. Pure; it must not know where images come from or what shows them. */
import type { ImageBatch } from "../worker/protocol.ts";

/** One image of a batch, as a batch of its own. */
export function imageOf({ shape, pixels }: ImageBatch, index: number): ImageBatch {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return { count: 1, shape, pixels: pixels.slice(index * size, (index + 1) * size) };
}
