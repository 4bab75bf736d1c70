import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { manifestSchema } from "../../src/data/manifest.ts";
import { packSplit } from "./pack.ts";

const PIXELS = Uint8Array.of(0, 1, 10, 11, 20, 21);
const LABELS = Uint8Array.of(7, 8, 9);

test("items are cut into shards, each its pixels and then its labels, and the manifest says what they are", () => {
  const { split, files } = packSplit("train", { pixels: PIXELS, labels: LABELS }, 2, 2);
  expect(files.map(({ name, bytes }) => [name, [...gunzipSync(bytes)]])).toEqual([
    ["train-0.bin", [0, 1, 10, 11, 7, 8]],
    ["train-1.bin", [20, 21, 9]],
  ]);
  expect(split.count).toBe(3);
  expect(split.shards[1]).toEqual({
    file: "train-1.bin",
    count: 1,
    bytes: 3,
    packedBytes: files[1]?.bytes.length,
    sha256: createHash("sha256")
      .update(Uint8Array.of(20, 21, 9))
      .digest("hex"),
  });
});

test("what is packed has a manifest that the loader accepts, whatever the number of items", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (count, shardSize) => {
      const items = { pixels: new Uint8Array(count * 6), labels: new Uint8Array(count) };
      const { split } = packSplit("train", items, 6, shardSize);
      const manifest = { version: 1, name: "some", shape: [2, 3, 1], train: split, test: split };
      expect(v.safeParse(manifestSchema, manifest).success).toBe(true);
    }),
  );
});

test("the same items give the same bytes, with no time and no system in the gzip header", () => {
  const [first] = packSplit("train", { pixels: PIXELS, labels: LABELS }, 2, 3).files;
  const [second] = packSplit("train", { pixels: PIXELS, labels: LABELS }, 2, 3).files;
  expect(first?.bytes).toEqual(second?.bytes);
  expect([...(first?.bytes.subarray(4, 8) ?? [])]).toEqual([0, 0, 0, 0]);
  expect(first?.bytes[9]).toBe(255);
});

test("pixels without their labels are refused", () => {
  expect(() => packSplit("train", { pixels: PIXELS, labels: LABELS.subarray(1) }, 2, 2)).toThrow(
    "train has 6 bytes of pixels for 2 labels.",
  );
});
