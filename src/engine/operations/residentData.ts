/** A data set held as it came, from which batches are gathered. It must not know files, downloads or the order of batches. */
import { tensor, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { invariant, present } from "../../shared/invariant.ts";
import { deviceBytes, writeBytes } from "../inPlace.ts";
import { fused, hasKernel } from "../kernels.ts";

const WORD_BYTES = 4;

export interface ResidentData {
  /** Shape of one item, such as [height, width, channels]. */
  readonly itemShape: readonly number[];
  /** Items there is room for. */
  readonly capacity: number;
  /** Items that have come so far, from the first on without a gap. */
  readonly available: number;
  /** The bytes of all of these, one after the other: a view, which stands until `dispose`. */
  readonly bytes: Uint8Array;
  /** Adds items after those already there; floats by their bytes. They are copied, so the caller keeps its array. */
  append(pixels: Uint8Array): void;
  /** A batch of so many items that are chosen anew before every step, be it run or replayed. The caller frees it. */
  createBatch(size: number): LiveBatch;
  /**
   * The items at those places, in that order, as [batch, ...itemShape]. Bytes come in [−1, 1], as byte / 127.5 − 1; floats
   * come as they are. The caller frees it.
   */
  gather(items: readonly number[]): Tensor;
  dispose(): void;
}

/** A batch that stays the same to a recorded step, whatever it holds. */
export interface LiveBatch {
  /** The items that `gather` gathers from now on. */
  choose(items: readonly number[]): void;
  /** As ResidentData.gather does. */
  gather(): Tensor;
  /** The labels of the same items, [batch, classes], 1 at the class and 0 elsewhere; absent where there are none. */
  gatherLabels?(this: void): Tensor2D;
  dispose(): void;
}

/** How the numbers of an item are held: a byte each, or a float32. */
export type Holding = "bytes" | "floats";

/** The kernels that gather on the device; where there is none, the host does. */
const GATHERING: Readonly<Record<Holding, string>> = { bytes: "DuelGather", floats: "DuelGatherFloats" };

/** Room for `capacity` items; this portable twin keeps them in the worker's own memory. */
export function createResidentData(
  itemShape: readonly number[],
  capacity: number,
  holding: Holding = "bytes",
): ResidentData {
  const itemSize = itemShape.reduce((product, dimension) => product * dimension, 1);
  const itemBytes = itemSize * (holding === "bytes" ? 1 : WORD_BYTES);
  // Whole words, as a device takes them.
  let bytes = new Uint8Array(Math.ceil((itemBytes * capacity) / WORD_BYTES) * WORD_BYTES);
  let floats = new Float32Array(bytes.buffer);
  let available = 0;
  let words: Tensor | null = null;

  function upload(from: number, to: number): void {
    if (words === null) return;
    const first = Math.floor((from * itemBytes) / WORD_BYTES) * WORD_BYTES;
    const last = Math.ceil((to * itemBytes) / WORD_BYTES) * WORD_BYTES;
    writeBytes(words, first, bytes.subarray(first, last));
  }

  /** The bytes on the device, once somebody gathers there. */
  function onDevice(): Tensor {
    if (words === null) {
      words = deviceBytes(bytes.length);
      upload(0, available);
    }
    return words;
  }

  /** Writes items one after the other. */
  function decode(items: readonly number[], values: Float32Array): void {
    for (const [row, item] of items.entries()) {
      invariant(item >= 0 && item < available, `item ${String(item)} has not come yet`);
      const source = item * itemSize;
      const target = row * itemSize;
      if (holding === "floats") {
        for (let index = 0; index < itemSize; index++) values[target + index] = floats[source + index] ?? 0;
        continue;
      }
      for (let index = 0; index < itemSize; index++) {
        values[target + index] = (bytes[source + index] ?? 0) / 127.5 - 1;
      }
    }
  }

  return {
    itemShape,
    capacity,
    get available() {
      return available;
    },
    get bytes() {
      return bytes.subarray(0, available * itemBytes);
    },
    append(pixels) {
      const count = pixels.length / itemBytes;
      invariant(Number.isInteger(count), "a shard of the data set does not hold whole items");
      invariant(available + count <= capacity, "the data set has more items than it announced");
      bytes.set(pixels, available * itemBytes);
      available += count;
      upload(available - count, available);
    },
    createBatch(size) {
      const kernel = GATHERING[holding];
      if (hasKernel(kernel)) return createDeviceBatch(kernel, onDevice(), itemShape, size);
      let chosen: readonly number[] = [];
      return {
        choose: (items) => {
          chosen = items;
        },
        gather: () => {
          const shape = [size, ...itemShape];
          const fill = (values: Float32Array) => {
            decode(chosen, values);
          };
          return fused("DuelHostNumbers", {}, { shape, fill }) ?? this.gather(chosen);
        },
        dispose: () => undefined,
      };
    },
    gather(items) {
      const batch = new Float32Array(items.length * itemSize);
      decode(items, batch);
      return tensor(batch, [items.length, ...itemShape]);
    },
    dispose() {
      words?.dispose();
      words = null;
      bytes = new Uint8Array(0);
      floats = new Float32Array(0);
      available = 0;
    },
  };
}

/** A batch by the items on the device and a list of their places there. */
function createDeviceBatch(gather: string, words: Tensor, itemShape: readonly number[], size: number): LiveBatch {
  const items = deviceBytes(size * WORD_BYTES);
  return {
    choose: (chosen) => {
      invariant(chosen.length === size, "a batch has another size than it was made for");
      writeBytes(items, 0, Int32Array.from(chosen));
    },
    gather: () => present(fused(gather, { items, words }, { itemShape }), "the kernel that gathers"),
    dispose: () => {
      items.dispose();
    },
  };
}
