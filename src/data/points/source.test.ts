import { expect, test, vi } from "vitest";
import { DATA_SETS } from "../catalogue.ts";
import type { DataShard } from "../dataSource.ts";
import { samplePoints } from "./distribution.ts";
import { ring } from "./ring.ts";
import { openPoints } from "./source.ts";

test("all points come in one shard, once, as float32 numbers", async () => {
  const source = openPoints({ ...DATA_SETS.ring, trainCount: 100 }, ring);
  const onShard = vi.fn<(shard: DataShard) => void>();
  const options = { onProgress: () => undefined, onShard, signal: new AbortController().signal };
  await source.load(options);
  await source.load(options);
  expect(onShard).toHaveBeenCalledTimes(1);
  const [shard] = onShard.mock.calls[0] ?? [];
  expect([shard?.first, shard?.count, source.shardSize]).toEqual([0, 100, 100]);
  expect(new Float32Array(shard?.pixels.buffer ?? new ArrayBuffer(0))).toEqual(
    samplePoints(ring, { seed: 0, draw: 0 }, 100),
  );
});
