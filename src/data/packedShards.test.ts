import { beforeEach, describe, expect, test } from "vitest";
import type { ImageSetEntry } from "./catalogue.ts";
import { DataError } from "./dataError.ts";
import type { DataProgress, DataShard, DataSource } from "./dataSource.ts";
import { openPackedShards, type Keep, type KeepStorage, type Surroundings } from "./packedShards.ts";
import { hexadecimal } from "./streams.ts";

/** Five items of 1 × 2 pixels in shards of two, the last one short. Item i has the pixels 10·i and 10·i + 1, and label i. */
const ENTRY: ImageSetEntry = {
  kind: "images",
  label: "Five",
  shape: [1, 2, 1],
  trainCount: 5,
  testCount: 1,
  classes: [],
  items: "things",
  help: "",
  attribution: "",
  folder: "data/five",
};
const BASE = "http://localhost/";
const FOLDER = `${BASE}data/five/`;

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function pack(file: string, items: readonly number[]) {
  const raw = Uint8Array.from([...items.flatMap((item) => [10 * item, 10 * item + 1]), ...items]);
  const packed = await gzip(raw);
  const sha256 = hexadecimal(await crypto.subtle.digest("SHA-256", raw));
  return { packed, entry: { file, count: items.length, bytes: raw.length, packedBytes: packed.length, sha256 } };
}

const shards = await Promise.all([pack("train-0.bin", [0, 1]), pack("train-1.bin", [2, 3]), pack("train-2.bin", [4])]);
const held = await pack("test-0.bin", [5]);
const manifest = {
  version: 1,
  name: "five",
  shape: ENTRY.shape,
  train: { count: 5, shards: shards.map(({ entry }) => entry) },
  test: { count: 1, shards: [held.entry] },
};
const totalBytes = shards.reduce((sum, { packed }) => sum + packed.length, 0);

/** Replaced by tests to break an answer. */
let answers: Map<string, () => Response>;
let asked: string[];
let kept: Map<string, Map<string, Response>>;
let surroundings: Surroundings;

beforeEach(() => {
  answers = new Map([[`${FOLDER}manifest.json`, () => Response.json(manifest)]]);
  for (const { packed, entry } of shards) answers.set(FOLDER + entry.file, () => new Response(packed));
  asked = [];
  kept = new Map();
  surroundings = {
    fetch: (url) => {
      asked.push(url.slice(FOLDER.length));
      const answer = answers.get(url);
      return Promise.resolve(answer === undefined ? new Response("", { status: 404 }) : answer());
    },
    caches: fakeCaches(),
    subtle: crypto.subtle,
  };
});

function fakeCaches(): KeepStorage {
  const keepOf = (entries: Map<string, Response>): Keep => ({
    match: (url) => Promise.resolve(entries.get(url as string)?.clone()),
    put: (url, response) => Promise.resolve(void entries.set(url as string, response)),
    delete: (url) => Promise.resolve(entries.delete(url as string)),
  });
  return {
    keys: () => Promise.resolve([...kept.keys()]),
    delete: (name) => Promise.resolve(kept.delete(name)),
    open: (name) => {
      const entries = kept.get(name) ?? new Map<string, Response>();
      kept.set(name, entries);
      return Promise.resolve(keepOf(entries));
    },
  };
}

const open = () => openPackedShards(ENTRY, BASE, surroundings);

async function load(source: DataSource, signal = new AbortController().signal) {
  const received: DataShard[] = [];
  const progress: DataProgress[] = [];
  const error: unknown = await source
    .load({ onShard: (shard) => received.push(shard), onProgress: (state) => progress.push(state), signal })
    .then(
      () => null,
      (reason: unknown) => reason,
    );
  return { received, progress, error };
}

/** The files of shards that were asked for, in order. */
const askedShards = () => asked.filter((file) => file !== "manifest.json");

test("every shard comes in order, its pixels and labels apart", async () => {
  const source = await open();
  const { received, error } = await load(source);
  expect(error).toBeNull();
  expect(source.shardSize).toBe(2);
  expect(received).toEqual([
    { index: 0, first: 0, count: 2, pixels: Uint8Array.of(0, 1, 10, 11), labels: Uint8Array.of(0, 1) },
    { index: 1, first: 2, count: 2, pixels: Uint8Array.of(20, 21, 30, 31), labels: Uint8Array.of(2, 3) },
    { index: 2, first: 4, count: 1, pixels: Uint8Array.of(40, 41), labels: Uint8Array.of(4) },
  ]);
});

test("progress counts compressed bytes, never falls, and ends at the total", async () => {
  const { progress } = await load(await open());
  const bytes = progress.map(({ receivedBytes }) => receivedBytes);
  expect(bytes).toEqual(bytes.toSorted((left, right) => left - right));
  expect(progress.at(-1)).toEqual({ receivedBytes: totalBytes, totalBytes });
});

test("the first shard is handed out before the second is asked for", async () => {
  const source = await open();
  const filesAtFirstShard: string[] = [];
  await source.load({
    onShard: ({ index }) => {
      if (index === 0) filesAtFirstShard.push(...askedShards());
    },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  expect(filesAtFirstShard).toEqual(["train-0.bin"]);
});

describe("what was kept", () => {
  test("is not downloaded again", async () => {
    const first = await load(await open());
    asked = [];
    const second = await load(await open());
    expect(asked).toEqual(["manifest.json"]);
    expect(second.received).toEqual(first.received);
    expect(second.progress.at(-1)).toEqual({ receivedBytes: totalBytes, totalBytes });
  });

  test("but is damaged is thrown away and downloaded once more", async () => {
    await load(await open());
    const entries = [...kept.values()][0];
    entries?.set(`${FOLDER}train-1.bin`, new Response("nonsense"));
    asked = [];
    const { received, error } = await load(await open());
    expect(error).toBeNull();
    expect(received).toHaveLength(3);
    expect(askedShards()).toEqual(["train-1.bin"]);
    const repaired = await entries?.get(`${FOLDER}train-1.bin`)?.clone().arrayBuffer();
    expect(repaired && new Uint8Array(repaired)).toEqual(shards[1].packed);
  });

  test("of another version of the same data is deleted, and nothing else", async () => {
    kept.set("duel-data data/five old", new Map());
    kept.set("duel-data data/other old", new Map());
    kept.set("somebody else's", new Map());
    await open();
    expect([...kept.keys()].slice(0, 2)).toEqual(["duel-data data/other old", "somebody else's"]);
    expect(kept.size).toBe(3);
  });

  test("is nothing where the browser keeps nothing, and all still comes", async () => {
    surroundings = { ...surroundings, caches: { ...fakeCaches(), keys: () => Promise.reject(new Error("private")) } };
    expect((await load(await open())).received).toHaveLength(3);
    surroundings = { ...surroundings, caches: null };
    expect((await load(await open())).received).toHaveLength(3);
  });

  test("is nothing when the disk is full, and all still comes", async () => {
    const caches = fakeCaches();
    surroundings = {
      ...surroundings,
      caches: {
        ...caches,
        open: async (name) => ({ ...(await caches.open(name)), put: () => Promise.reject(new Error("quota")) }),
      },
    };
    expect((await load(await open())).received).toHaveLength(3);
  });
});

describe("a shard that", () => {
  const damage: Readonly<Record<string, () => Promise<Uint8Array<ArrayBuffer>>>> = {
    "is no gzip": () => Promise.resolve(new TextEncoder().encode("<html>")),
    "is cut off": () => Promise.resolve(shards[1].packed.slice(0, -9)),
    "has a flipped bit": () => {
      const packed = shards[1].packed.slice();
      packed[12] = (packed[12] ?? 0) ^ 1;
      return Promise.resolve(packed);
    },
    "is sound gzip of other bytes": () => gzip(Uint8Array.of(1, 2, 3, 4, 5, 6)),
    "is far too long": () => Promise.resolve(new Uint8Array(10_000)),
    "is sound gzip of fewer bytes": () => gzip(Uint8Array.of(20, 21, 30, 31, 2)),
  };

  test.each(Object.entries(damage))("%s is refused as damaged, named, and not kept", async (_, damaged) => {
    const bytes = await damaged();
    answers.set(`${FOLDER}train-1.bin`, () => new Response(bytes));
    const { received, error } = await load(await open());
    expect(received.map(({ index }) => index)).toEqual([0]);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({
      code: "dataDamaged",
      shard: 1,
      safe: expect.stringContaining("first part") as string,
    });
    expect((error as DataError).message).toContain("Part 2 of Five");
    expect([...([...kept.values()][0]?.keys() ?? [])]).toEqual([`${FOLDER}train-0.bin`]);
  });

  test("fails to arrive is named, and a second call keeps what came", async () => {
    const sound = answers.get(`${FOLDER}train-1.bin`);
    answers.set(`${FOLDER}train-1.bin`, () => new Response("", { status: 503 }));
    const source = await open();
    const first = await load(source);
    expect(first.error).toMatchObject({ code: "dataDownload", shard: 1 });
    expect((first.error as DataError).message).toContain("the server answered 503");
    if (sound !== undefined) answers.set(`${FOLDER}train-1.bin`, sound);
    asked = [];
    const second = await load(source);
    expect(second.error).toBeNull();
    expect(second.received.map(({ index, first: start }) => [index, start])).toEqual([
      [1, 2],
      [2, 4],
    ]);
    expect(asked).toEqual(["train-1.bin", "train-2.bin"]);
    expect(second.progress.at(-1)).toEqual({ receivedBytes: totalBytes, totalBytes });
  });
});

test("damage is caught without SubtleCrypto too, by the checksum that gzip carries", async () => {
  surroundings = { ...surroundings, subtle: null };
  const packed = shards[0].packed.slice();
  packed[12] = (packed[12] ?? 0) ^ 1;
  answers.set(`${FOLDER}train-0.bin`, () => new Response(packed));
  expect((await load(await open())).error).toMatchObject({ code: "dataDamaged", shard: 0 });
});

test("an aborted load throws the signal's reason and hands out nothing more", async () => {
  const controller = new AbortController();
  const reason = new Error("another run");
  const source = await open();
  const received: number[] = [];
  const loading = source.load({
    onShard: ({ index }) => {
      received.push(index);
      controller.abort(reason);
    },
    onProgress: () => undefined,
    signal: controller.signal,
  });
  await expect(loading).rejects.toBe(reason);
  expect(received).toEqual([0]);
});

describe("a manifest is refused when it", () => {
  const refusal = () =>
    open().then(
      () => null,
      (error: unknown) => error,
    );

  test("does not arrive", async () => {
    answers.delete(`${FOLDER}manifest.json`);
    expect(await refusal()).toMatchObject({ code: "dataDownload", shard: null });
  });

  test.each([
    ["is no JSON", "<html>"],
    ["has no shards", JSON.stringify({ ...manifest, train: { count: 0, shards: [] } })],
    ["counts another number of items than the catalogue", JSON.stringify({ ...manifest, train: manifest.test })],
    ["has images of another shape", JSON.stringify({ ...manifest, shape: [2, 1, 1] })],
    ["points outside its folder", JSON.stringify(manifest).replace("train-0.bin", "../train-0.bin")],
    ["has sizes that contradict its counts", JSON.stringify(manifest).replace('"bytes":6', '"bytes":7')],
  ])("%s", async (_, text) => {
    answers.set(`${FOLDER}manifest.json`, () => new Response(text));
    expect(await refusal()).toMatchObject({ code: "dataDamaged", shard: null });
  });
});
