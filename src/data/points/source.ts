/** A data set of points as a data source: made on the spot, in one shard. It knows no tensors. */
import type { PointSetEntry } from "../catalogue.ts";
import type { DataSource } from "../dataSource.ts";
import { samplePoints, type Distribution } from "./distribution.ts";

/** A data set is the same whatever the seed of the run, as a downloaded one is. */
const SEED = 0;

/** `entry.trainCount` points of that distribution, two float32 numbers each. */
export function openPoints(entry: PointSetEntry, distribution: Distribution): DataSource {
  const { trainCount: count } = entry;
  let delivered = false;
  return {
    entry,
    shardSize: count,
    load: ({ onShard, signal }) => {
      if (delivered) return Promise.resolve();
      signal.throwIfAborted();
      delivered = true;
      const points = samplePoints(distribution, { seed: SEED, draw: 0 }, count);
      onShard({ index: 0, first: 0, count, pixels: new Uint8Array(points.buffer), labels: new Uint8Array(count) });
      return Promise.resolve();
    },
  };
}
