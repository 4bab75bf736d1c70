/** The contract of a data source: items arrive shard by shard. It knows no tensors, and not where the bytes come from. */
import type { DataSetEntry } from "./catalogue.ts";

/** Consecutive items of a data set. Whoever receives it owns it. */
export interface DataShard {
  /** Counted from 0. */
  readonly index: number;
  /** Where its first item stands in the data set. */
  readonly first: number;
  readonly count: number;
  /** [count, height, width, channels], row-major; of points the bytes of [count, 2] float32 numbers. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** [count] */
  readonly labels: Uint8Array<ArrayBuffer>;
}

export interface DataProgress {
  /** Compressed bytes, as they travel. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface LoadOptions {
  onProgress(this: void, progress: DataProgress): void;
  /** Called for every shard in order, each as soon as it is there and checked. */
  onShard(this: void, shard: DataShard): void;
  readonly signal: AbortSignal;
}

/** The training items of one data set, for one consumer. */
export interface DataSource {
  readonly entry: DataSetEntry;
  /** Items in every shard but perhaps the last. */
  readonly shardSize: number;
  /**
   * Hands out the shards that have not been handed out yet, so that a second call after a failure keeps what came.
   * Throws a DataError, or the signal's reason once it is aborted.
   */
  load(options: LoadOptions): Promise<void>;
}
