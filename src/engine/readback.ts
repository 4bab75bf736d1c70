/** Reads tensors back in the order they were asked for, while the device works on. It must not know what the numbers mean. */
import { getBackend, type Tensor } from "@tensorflow/tfjs-core";
import { present } from "../shared/invariant.ts";
import { ReadingRing } from "./webgpu/readingRing.ts";

/** Readings go to the device in batches: those asked for between two calls of `submit`, with all the work before them. */
export interface Readback {
  /** Whether work waits for `submit`, so that several steps may go to the device together. */
  readonly gathers: boolean;
  /** Batches under way, the one that is not submitted yet among them. */
  readonly pending: number;
  /**
   * Reads float32 tensors as they are now, and calls `use` with all their numbers in one row, after those of all earlier
   * readings. The tensors stay the caller's, who may free them at once or have them changed in place.
   */
  enqueue(tensors: readonly Tensor[], use: (values: Float32Array) => void): void;
  /** Ends a batch: the device begins what it was given so far. */
  submit(): void;
  /** Submits, and resolves when at most `most` batches are under way. One caller at a time. Throws what a reading failed with. */
  settle(most?: number): Promise<void>;
  /** Makes the waiting and every later `settle` throw: the device is gone and may never answer. */
  fail(error: unknown): void;
  /** Frees what it reads through. Call it when nothing is under way. */
  dispose(): void;
}

interface Waiter {
  readonly most: number;
  resolve(): void;
  reject(error: Error): void;
}

/** Readings that are submitted together. */
interface Batch {
  open: boolean;
  readings: number;
}

/** An empty queue of readings on the backend that runs. */
export function createReadback(): Readback {
  return new ReadingQueue(getBackend() === "webgpu" ? new ReadingRing() : null);
}

class ReadingQueue implements Readback {
  readonly #ring: ReadingRing | null;
  #pending = 0;
  #batch: Batch | null = null;
  #last: Promise<void> = Promise.resolve();
  #failure: Error | null = null;
  #waiter: Waiter | null = null;

  constructor(ring: ReadingRing | null) {
    this.#ring = ring;
  }

  get gathers(): boolean {
    return this.#ring !== null;
  }

  get pending(): number {
    return this.#pending;
  }

  enqueue(tensors: readonly Tensor[], use: (values: Float32Array) => void): void {
    if (this.#batch === null) {
      this.#batch = { open: true, readings: 0 };
      this.#pending += 1;
    }
    this.#batch.readings += 1;
    const values = this.#ring?.read(tensors) ?? readAll(tensors);
    this.#last = this.#finish(values, this.#batch, this.#last, use);
  }

  submit(): void {
    this.#ring?.submit();
    if (this.#batch === null) return;
    this.#batch.open = false;
    this.#leaveIfDone(this.#batch);
    this.#batch = null;
  }

  settle(most = 0): Promise<void> {
    this.submit();
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) reject(this.#failure);
      else if (this.#pending <= most) resolve();
      else this.#waiter = { most, resolve, reject };
    });
  }

  fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#waiter?.reject(this.#failure);
    this.#waiter = null;
  }

  dispose(): void {
    this.#ring?.dispose();
  }

  async #finish(
    reading: Promise<Float32Array>,
    batch: Batch,
    before: Promise<void>,
    use: (values: Float32Array) => void,
  ): Promise<void> {
    try {
      const values = await reading;
      await before;
      if (this.#failure === null) use(values);
    } catch (error) {
      this.fail(error);
    } finally {
      batch.readings -= 1;
      this.#leaveIfDone(batch);
    }
  }

  #leaveIfDone({ open, readings }: Batch): void {
    if (open || readings > 0) return;
    this.#pending -= 1;
    if (this.#waiter === null || this.#pending > this.#waiter.most) return;
    this.#waiter.resolve();
    this.#waiter = null;
  }
}

/** Reads begin at once, so that what happens to the tensors afterwards does not matter. */
async function readAll(tensors: readonly Tensor[]): Promise<Float32Array> {
  const parts = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  if (parts.length === 1) return present(parts[0], "the numbers of a tensor");
  const row = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let first = 0;
  for (const part of parts) {
    row.set(part, first);
    first += part.length;
  }
  return row;
}
