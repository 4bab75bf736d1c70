/** Packs items into gzipped shards and their manifest, in memory. It knows neither MNIST nor the file system. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Manifest, ShardEntry } from "../../src/data/manifest.ts";

/** All items of one split. */
export interface Items {
  /** [count, height, width, channels], row-major. */
  readonly pixels: Uint8Array;
  /** [count] */
  readonly labels: Uint8Array;
}

export interface PackedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface PackedSplit {
  readonly split: Manifest["train"];
  readonly files: readonly PackedFile[];
}

/**
 * Packs one split. The same items always give the same bytes. Files end in .bin: servers see .gz and declare a content
 * encoding of their own, which would make browsers decompress before the loader counts and checks.
 * @param name what the files are called, before their number
 * Throws when pixels and labels do not belong together.
 */
export function packSplit(name: string, { pixels, labels }: Items, itemBytes: number, shardSize: number): PackedSplit {
  const count = labels.length;
  if (pixels.length !== count * itemBytes) {
    throw new Error(`${name} has ${String(pixels.length)} bytes of pixels for ${String(count)} labels.`);
  }
  const shards: ShardEntry[] = [];
  const files: PackedFile[] = [];
  for (let first = 0; first < count; first += shardSize) {
    const end = Math.min(first + shardSize, count);
    const raw = Buffer.concat([pixels.subarray(first * itemBytes, end * itemBytes), labels.subarray(first, end)]);
    const bytes = gzipDeterministically(raw);
    const file = `${name}-${String(shards.length)}.bin`;
    files.push({ name: file, bytes });
    shards.push({
      file,
      count: end - first,
      bytes: raw.length,
      packedBytes: bytes.length,
      sha256: createHash("sha256").update(raw).digest("hex"),
    });
  }
  return { split: { count, shards }, files };
}

/** Offset in the gzip header of the byte that names the operating system. */
const OPERATING_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

/** Levels 8 and 9 take ten times as long and save one byte in two hundred. */
const LEVEL = 7;

function gzipDeterministically(raw: Uint8Array): Uint8Array {
  const bytes = gzipSync(raw, { level: LEVEL });
  bytes[OPERATING_SYSTEM] = UNKNOWN_SYSTEM;
  return bytes;
}
