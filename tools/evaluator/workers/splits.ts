/** Whole splits of a packed data set, labels and all. It must not know what they are for. */
import * as v from "valibot";
import { manifestSchema, type ShardEntry } from "../../../src/data/manifest.ts";
import { gunzip, hexadecimal } from "../../../src/data/streams.ts";
import type { LabelledImages } from "../../../src/metrics/evaluator/labelledImages.ts";

export interface Splits {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** SHA-256 over the checksums of all shards, in their order. */
  readonly sha256: string;
}

/** @param folder absolute address of the packed files, with a slash at the end */
export async function readSplits(folder: string): Promise<Splits> {
  const manifest = v.parse(manifestSchema, await (await fetch(`${folder}manifest.json`)).json());
  const { train, test, shape } = manifest;
  const sums = [...train.shards, ...test.shards].map((shard) => shard.sha256).join("");
  return {
    train: { shape, ...(await readSplit(folder, train.shards)) },
    test: { shape, ...(await readSplit(folder, test.shards)) },
    sha256: await sha256Of(new TextEncoder().encode(sums)),
  };
}

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexadecimal(await crypto.subtle.digest("SHA-256", bytes));
}

async function readSplit(folder: string, shards: readonly ShardEntry[]): Promise<Omit<LabelledImages, "shape">> {
  const pixels: Uint8Array[] = [];
  const labels: Uint8Array[] = [];
  for (const { file, bytes, count } of shards) {
    const packed = new Uint8Array(await (await fetch(folder + file)).arrayBuffer());
    const shard = await gunzip(packed, bytes);
    pixels.push(shard.subarray(0, bytes - count));
    labels.push(shard.subarray(bytes - count));
  }
  return { pixels: joined(pixels), labels: joined(labels) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
