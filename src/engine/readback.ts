/** Reads tensors back in the order they were asked for, while the device works on. It must not know what the numbers mean. */
import type { Tensor } from "@tensorflow/tfjs-core";

export interface Readback {
  /** Readings under way. */
  readonly pending: number;
  /** Takes the tensor over: reads it, disposes it, and calls `use` after those of all earlier readings. */
  enqueue(tensor: Tensor, use: (values: Float32Array) => void): void;
  /** Resolves when at most `most` readings are under way. One caller at a time. Throws what a reading failed with. */
  settle(most?: number): Promise<void>;
  /** Makes the waiting and every later `settle` throw: the device is gone and may never answer. */
  fail(error: unknown): void;
}

interface Waiter {
  readonly most: number;
  resolve(): void;
  reject(error: Error): void;
}

/** An empty queue of readings. */
export function createReadback(): Readback {
  let pending = 0;
  let last: Promise<void> = Promise.resolve();
  let failure: Error | null = null;
  let waiter: Waiter | null = null;

  function fail(error: unknown): void {
    failure ??= error instanceof Error ? error : new Error(String(error));
    waiter?.reject(failure);
    waiter = null;
  }

  function done(): void {
    pending -= 1;
    if (waiter === null || pending > waiter.most) return;
    waiter.resolve();
    waiter = null;
  }

  async function read(tensor: Tensor, before: Promise<void>, use: (values: Float32Array) => void): Promise<void> {
    try {
      const values = await tensor.data<"float32">();
      await before;
      if (failure === null) use(values);
    } catch (error) {
      fail(error);
    } finally {
      tensor.dispose();
      done();
    }
  }

  return {
    get pending() {
      return pending;
    },
    enqueue(tensor, use) {
      pending += 1;
      last = read(tensor, last, use);
    },
    settle(most = 0) {
      return new Promise((resolve, reject) => {
        if (failure !== null) reject(failure);
        else if (pending <= most) resolve();
        else waiter = { most, resolve, reject };
      });
    },
    fail,
  };
}
