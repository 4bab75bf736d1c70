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
  const items = new HeldItems(itemShape, capacity, holding);
  const gather = (chosen: readonly number[]): Tensor => {
    const batch = new Float32Array(chosen.length * items.size);
    items.decode(chosen, batch);
    return tensor(batch, [chosen.length, ...itemShape]);
  };
  return {
    itemShape,
    capacity,
    get available() {
      return items.available;
    },
    get bytes() {
      return items.view();
    },
    append(pixels) {
      items.append(pixels);
    },
    createBatch(size) {
      const kernel = GATHERING[holding];
      if (hasKernel(kernel)) return createDeviceBatch(kernel, items.onDevice(), itemShape, size);
      return createHostBatch(items, gather, [size, ...itemShape]);
    },
    gather,
    dispose() {
      items.dispose();
    },
  };
}

/** The bytes of items that come one after the other: in the worker's memory, and on the device once somebody gathers there. */
class HeldItems {
  /** Numbers of an item. */
  readonly size: number;
  readonly #capacity: number;
  readonly #holding: Holding;
  readonly #itemBytes: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #floats: Float32Array;
  #words: Tensor | null = null;
  #available = 0;

  constructor(itemShape: readonly number[], capacity: number, holding: Holding) {
    this.size = itemShape.reduce((product, dimension) => product * dimension, 1);
    this.#capacity = capacity;
    this.#holding = holding;
    this.#itemBytes = this.size * (holding === "bytes" ? 1 : WORD_BYTES);
    // Whole words, as a device takes them.
    this.#bytes = new Uint8Array(Math.ceil((this.#itemBytes * capacity) / WORD_BYTES) * WORD_BYTES);
    this.#floats = new Float32Array(this.#bytes.buffer);
  }

  get available(): number {
    return this.#available;
  }

  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#available * this.#itemBytes);
  }

  append(pixels: Uint8Array): void {
    const count = pixels.length / this.#itemBytes;
    invariant(Number.isInteger(count), "a shard of the data set does not hold whole items");
    invariant(this.#available + count <= this.#capacity, "the data set has more items than it announced");
    this.#bytes.set(pixels, this.#available * this.#itemBytes);
    this.#available += count;
    if (this.#words !== null) this.#upload(this.#words, this.#available - count);
  }

  onDevice(): Tensor {
    if (this.#words === null) {
      this.#words = deviceBytes(this.#bytes.length);
      this.#upload(this.#words, 0);
    }
    return this.#words;
  }

  /** Writes items one after the other, as the numbers that they stand for. */
  decode(items: readonly number[], values: Float32Array): void {
    for (const [row, item] of items.entries()) {
      invariant(item >= 0 && item < this.#available, `item ${String(item)} has not come yet`);
      const [source, target] = [item * this.size, row * this.size];
      if (this.#holding === "floats") {
        values.set(this.#floats.subarray(source, source + this.size), target);
        continue;
      }
      for (let index = 0; index < this.size; index++) {
        values[target + index] = (this.#bytes[source + index] ?? 0) / 127.5 - 1;
      }
    }
  }

  dispose(): void {
    this.#words?.dispose();
    this.#words = null;
    this.#bytes = new Uint8Array(0);
    this.#floats = new Float32Array(0);
    this.#available = 0;
  }

  /** Brings the words of the items from that one on to the device. */
  #upload(words: Tensor, from: number): void {
    const first = Math.floor((from * this.#itemBytes) / WORD_BYTES) * WORD_BYTES;
    const last = Math.ceil((this.#available * this.#itemBytes) / WORD_BYTES) * WORD_BYTES;
    writeBytes(words, first, this.#bytes.subarray(first, last));
  }
}

/** A batch that the host gathers; on a backend that records steps it is written before each of them. */
function createHostBatch(
  items: HeldItems,
  gather: (chosen: readonly number[]) => Tensor,
  shape: readonly number[],
): LiveBatch {
  let chosen: readonly number[] = [];
  const fill = (values: Float32Array): void => {
    items.decode(chosen, values);
  };
  return {
    choose: (next) => {
      chosen = next;
    },
    gather: () => fused("DuelHostNumbers", {}, { shape, fill }) ?? gather(chosen),
    dispose: () => undefined,
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
