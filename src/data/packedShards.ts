/** Data sets packed as gzipped shards beside a manifest: downloads, checks and keeps them. It knows no tensors. */
import * as v from "valibot";
import { invariant } from "../shared/invariant.ts";
import type { ImageSetEntry } from "./catalogue.ts";
import { DataError } from "./dataError.ts";
import type { DataShard, DataSource, LoadOptions } from "./dataSource.ts";
import { manifestSchema, type Manifest, type ShardEntry } from "./manifest.ts";
import { gunzip, hexadecimal, readBytes, TooManyBytes } from "./streams.ts";

/** What the loader needs of the browser's Cache. */
export type Keep = Pick<Cache, "match" | "put" | "delete">;

/** What the loader needs of the browser's CacheStorage. */
export interface KeepStorage {
  keys(): Promise<readonly string[]>;
  open(name: string): Promise<Keep>;
  delete(name: string): Promise<boolean>;
}

/** What the loader needs of the browser; a test brings its own. */
export interface Surroundings {
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Null where the browser keeps nothing for us, as in some private windows. */
  readonly caches: KeepStorage | null;
  /** Null on insecure origins; then size and the CRC-32 that gzip carries are the only checks. */
  readonly subtle: SubtleCrypto | null;
}

export function browserSurroundings(): Surroundings {
  const scope: Partial<Pick<typeof globalThis, "caches" | "crypto">> = globalThis;
  return {
    fetch: (url, options) => fetch(url, options),
    caches: scope.caches ?? null,
    // The type promises `subtle`, insecure origins do not keep it.
    subtle: (scope.crypto as Partial<Crypto> | undefined)?.subtle ?? null,
  };
}

/** Opens the packed data set of a catalogue entry; see openDataSource. */
export async function openPackedShards(
  entry: ImageSetEntry,
  baseUrl: string,
  surroundings: Surroundings,
): Promise<DataSource> {
  const folder = new URL(`${entry.folder}/`, baseUrl).href;
  const { manifest, fingerprint } = await readManifest(entry, `${folder}manifest.json`, surroundings);
  const keep = await openKeep(entry, fingerprint, surroundings.caches);
  const { shards } = manifest.train;
  const totalBytes = shards.reduce((sum, shard) => sum + shard.packedBytes, 0);
  let delivered = 0;

  return {
    entry,
    shardSize: shards[0]?.count ?? 0,
    async load({ onProgress, onShard, signal }: LoadOptions): Promise<void> {
      for (const [index, shard] of shards.entries()) {
        if (index < delivered) continue;
        signal.throwIfAborted();
        const before = sumOf(shards.slice(0, index), "packedBytes");
        const report = (bytes: number) => {
          onProgress({ receivedBytes: before + bytes, totalBytes });
        };
        const url = folder + shard.file;
        const bytes = await obtainShard({ entry, shard, index, url, keep, surroundings, signal, report });
        signal.throwIfAborted();
        delivered = index + 1;
        onShard(split(bytes, index, sumOf(shards.slice(0, index), "count"), shard));
      }
    },
  };
}

function sumOf(shards: readonly ShardEntry[], field: "count" | "packedBytes"): number {
  return shards.reduce((sum, shard) => sum + shard[field], 0);
}

function split(bytes: Uint8Array<ArrayBuffer>, index: number, first: number, { count }: ShardEntry): DataShard {
  const pixelBytes = bytes.length - count;
  return { index, first, count, pixels: bytes.subarray(0, pixelBytes), labels: bytes.slice(pixelBytes) };
}

interface ShardTask {
  readonly entry: ImageSetEntry;
  readonly shard: ShardEntry;
  readonly index: number;
  readonly url: string;
  readonly keep: Keep | null;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  readonly report: (receivedBytes: number) => void;
}

/** The checked bytes of a shard: the kept copy if it is sound, else a fresh one, which is then kept. */
async function obtainShard(task: ShardTask): Promise<Uint8Array<ArrayBuffer>> {
  const { keep, url, shard, report } = task;
  const kept = await keep?.match(url).catch(() => undefined);
  if (kept !== undefined && keep !== null) {
    const bytes = await unpack(task, new Uint8Array(await kept.arrayBuffer())).catch(() => null);
    if (bytes !== null) {
      report(shard.packedBytes);
      return bytes;
    }
    await keep.delete(url);
  }
  const packed = await download(task);
  const bytes = await unpack(task, packed);
  // A full disk is no reason to stop: the shard is here, it only has to be downloaded again next time.
  await keep?.put(url, new Response(packed)).catch(() => undefined);
  return bytes;
}

async function download(task: ShardTask): Promise<Uint8Array<ArrayBuffer>> {
  const { shard, url, surroundings, signal, report } = task;
  try {
    // Checked shards have a cache of their own; the browser's might give a damaged one again.
    const response = await surroundings.fetch(url, { signal, cache: "no-store" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    if (response.body === null) throw new Error("the answer was empty");
    return await readBytes(response.body, shard.packedBytes, report);
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof TooManyBytes ? damagedShard(task, cause) : missingShard(task, cause);
  }
}

/** Decompresses and compares with the manifest. */
async function unpack(task: ShardTask, packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { shard, surroundings } = task;
  try {
    const bytes = await gunzip(packed, shard.bytes);
    if (bytes.length !== shard.bytes) throw new Error(`it has ${bytes.length} bytes instead of ${shard.bytes}`);
    if (surroundings.subtle !== null) {
      const digest = hexadecimal(await surroundings.subtle.digest("SHA-256", bytes));
      if (digest !== shard.sha256) throw new Error("its checksum is not the one that was packed");
    }
    return bytes;
  } catch (cause) {
    throw damagedShard(task, cause);
  }
}

function missingShard({ entry, index }: ShardTask, cause: unknown): DataError {
  return new DataError({
    code: "dataDownload",
    shard: index,
    message: `Part ${index + 1} of ${entry.label} could not be downloaded: ${reasonOf(cause)}.`,
    safe: whatCame(entry, index),
    next: "Check the connection, then retry: only what is missing is downloaded.",
    cause,
  });
}

function damagedShard({ entry, index }: ShardTask, cause: unknown): DataError {
  return new DataError({
    code: "dataDamaged",
    shard: index,
    message: `Part ${index + 1} of ${entry.label} arrived damaged: ${reasonOf(cause)}.`,
    safe: `${whatCame(entry, index)} The damaged part was thrown away.`,
    next: "Retry: only what is missing is downloaded again.",
    cause,
  });
}

function whatCame(entry: ImageSetEntry, index: number): string {
  if (index === 0) return "Nothing else is affected.";
  return index === 1
    ? `The first part, with its ${entry.items}, is here and sound.`
    : `The first ${index} parts, with their ${entry.items}, are here and sound.`;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
}

interface CheckedManifest {
  readonly manifest: Manifest;
  /** Changes whenever the data does. */
  readonly fingerprint: string;
}

async function readManifest(entry: ImageSetEntry, url: string, surroundings: Surroundings): Promise<CheckedManifest> {
  let text: string;
  try {
    const response = await surroundings.fetch(url, { cache: "no-cache" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    text = await response.text();
  } catch (cause) {
    throw new DataError({
      code: "dataDownload",
      shard: null,
      message: `The list of the parts of ${entry.label} could not be downloaded: ${reasonOf(cause)}.`,
      safe: "Nothing else is affected.",
      next: "Check the connection, then retry.",
      cause,
    });
  }
  const manifest = parseManifest(text, entry);
  if (manifest === null) {
    throw new DataError({
      code: "dataDamaged",
      shard: null,
      message: `The list of the parts of ${entry.label} makes no sense.`,
      safe: "Nothing was downloaded, and nothing else is affected.",
      next: "Retry; if it stays so, the data has to be packed again on the server.",
    });
  }
  return { manifest, fingerprint: fingerprintOf(manifest) };
}

/** The manifest, if it is one and belongs to this entry of the catalogue. */
function parseManifest(text: string, entry: ImageSetEntry): Manifest | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const result = v.safeParse(manifestSchema, parsed);
  if (!result.success) return null;
  const manifest = result.output;
  const fits =
    manifest.shape.join() === entry.shape.join() &&
    manifest.train.count === entry.trainCount &&
    manifest.test.count === entry.testCount;
  return fits ? manifest : null;
}

/** The checksums of all shards, shortened: enough to tell two versions of one data set apart. */
function fingerprintOf({ train, test }: Manifest): string {
  return [...train.shards, ...test.shards].map(({ sha256 }) => sha256.slice(0, 4)).join("");
}

const KEEP_PREFIX = "duel-data";

/** The cache of this version of the data set; those of other versions are deleted. Null where there is none to be had. */
async function openKeep(entry: ImageSetEntry, fingerprint: string, caches: KeepStorage | null): Promise<Keep | null> {
  if (caches === null) return null;
  const family = `${KEEP_PREFIX} ${entry.folder} `;
  const name = family + fingerprint;
  invariant(fingerprint !== "", "the fingerprint of a manifest is empty");
  try {
    const names = await caches.keys();
    await Promise.all(names.filter((old) => old.startsWith(family) && old !== name).map((old) => caches.delete(old)));
    return await caches.open(name);
  } catch {
    // Browsers refuse storage in some private windows; every part is downloaded then.
    return null;
  }
}
