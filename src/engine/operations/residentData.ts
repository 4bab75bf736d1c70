/** A data set held as bytes, from which batches are gathered. It must not know files, downloads or the order of batches. */
import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../shared/invariant.ts";

export interface ResidentData {
  /** Shape of one item, such as [height, width, channels]. */
  readonly itemShape: readonly number[];
  /** Items there is room for. */
  readonly capacity: number;
  /** Items that have come so far, from the first on without a gap. */
  readonly available: number;
  /** Adds items after those already there. Bytes are copied, so the caller keeps its array. */
  append(pixels: Uint8Array): void;
  /** The items at those places, in that order, as [batch, ...itemShape] in [−1, 1]: byte / 127.5 − 1. The caller frees it. */
  gather(items: readonly number[]): Tensor;
  dispose(): void;
}

/** Room for `capacity` items of one byte a number; this portable twin keeps them in the worker's own memory. */
export function createResidentData(itemShape: readonly number[], capacity: number): ResidentData {
  const itemSize = itemShape.reduce((product, dimension) => product * dimension, 1);
  let bytes = new Uint8Array(itemSize * capacity);
  let available = 0;
  return {
    itemShape,
    capacity,
    get available() {
      return available;
    },
    append(pixels) {
      const count = pixels.length / itemSize;
      invariant(Number.isInteger(count), "a shard of the data set does not hold whole items");
      invariant(available + count <= capacity, "the data set has more items than it announced");
      bytes.set(pixels, available * itemSize);
      available += count;
    },
    gather(items) {
      const batch = new Float32Array(items.length * itemSize);
      for (const [row, item] of items.entries()) {
        invariant(item >= 0 && item < available, `item ${String(item)} has not come yet`);
        const source = item * itemSize;
        const target = row * itemSize;
        for (let index = 0; index < itemSize; index++) {
          batch[target + index] = (bytes[source + index] ?? 0) / 127.5 - 1;
        }
      }
      return tensor(batch, [items.length, ...itemShape]);
    },
    dispose() {
      bytes = new Uint8Array(0);
      available = 0;
    },
  };
}
