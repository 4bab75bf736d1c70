/**
 * What a rehearsal gathers instead of running kernels: those that have to be compiled, and what has to be tried out before
 * one of several can be taken. It must not compile or run anything.
 */
import type { Trials } from "./trial.ts";

/** A kernel that somebody waits for. */
export interface AwaitedKernel {
  readonly descriptor: GPUComputePipelineDescriptor;
  provide(this: void, pipeline: GPUComputePipeline): void;
}

export class Collector {
  readonly kernels: AwaitedKernel[] = [];
  /** To be made one after the other when all kernels are there, so that none disturbs another's times. */
  readonly trials: ((trials: Trials) => Promise<void>)[] = [];
  readonly #keys = new Map<object, Set<string>>();

  /** Whether it is asked for the first time about a key of its owner. */
  isNew(owner: object, key: string): boolean {
    const keys = this.#keys.get(owner) ?? new Set();
    this.#keys.set(owner, keys);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  }
}

const collectors = new WeakMap<GPUDevice, Collector>();

/** The collector of the rehearsal that is held on a device now; undefined while kernels run in earnest. */
export function collectorOf(device: GPUDevice): Collector | undefined {
  return collectors.get(device);
}

/** Gathers what `work` needs on a device, as far as it comes: it may throw. */
export function collect(device: GPUDevice, work: (collector: Collector) => void): Collector {
  const collector = new Collector();
  collectors.set(device, collector);
  try {
    work(collector);
  } catch {
    // What fails here is met again, and reported, when the work is done in earnest.
  } finally {
    collectors.delete(device);
  }
  return collector;
}
