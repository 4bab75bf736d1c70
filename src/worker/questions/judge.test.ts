import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import { present } from "../../shared/invariant.ts";
import { Harness, ITEM_SIZE, SHARD_SIZE, shard, TINY } from "../testHarness.ts";
import type { JudgedSource } from "./judge.question.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const SHAPE = [28, 28, 1] as const;

async function judged(harness: Harness, ...sources: readonly JudgedSource[]) {
  return (await harness.ask("judge", { sources })).groups;
}

test("the probe's images are those of the grid, and given again they get the same scores", async () => {
  const harness = new Harness();
  await harness.configure();
  const { images } = await harness.next("samples");
  const [probe] = await judged(harness, { kind: "probe" });
  const { images: seen, logits } = present(probe, "the probe");
  expect(seen).toEqual(images);
  expect(new Set(logits).size).toBeGreaterThan(32);
  const [given] = await judged(harness, { kind: "given", images });
  // The given images are rounded to bytes, half of 1/127.5 a pixel, and the only layer's weights are below 0.09.
  present(given, "the given images").logits.forEach((logit, index) => {
    expect(Math.abs(logit - (logits[index] ?? NaN))).toBeLessThan(0.1);
  });
});

test("a score is what a perceptron of one layer computes by hand", async () => {
  const harness = new Harness();
  await harness.configure();
  // The score of an image is linear in its pixels: its slope by one pixel is twice that by half of it.
  const withByte = (byte: number) => {
    const pixels = new Uint8Array(ITEM_SIZE);
    pixels[400] = byte;
    return { kind: "given", images: { count: 1, shape: SHAPE, pixels } } as const;
  };
  const groups = await judged(harness, withByte(0), withByte(100), withByte(200));
  const [none = NaN, half = NaN, whole = NaN] = groups.map(({ logits }) => logits[0]);
  expect(half).not.toBe(none);
  // Float32 sums of 784 products of order 1.
  expect(whole - none).toBeCloseTo(2 * (half - none), 5);
});

test("real images come in the run's own order, the last ones being those shown last", async () => {
  const harness = new Harness();
  await harness.configure();
  const { pixels } = shard(0);
  const items = Array.from({ length: SHARD_SIZE }, (_, item) =>
    pixels.slice(item * ITEM_SIZE, (item + 1) * ITEM_SIZE).join(),
  );
  await harness.trainUntil(5);
  const [first, last] = await judged(
    harness,
    { kind: "real", first: 5 * TINY.batchSize - 8, count: 8 },
    { kind: "lastReal", count: 8 },
  );
  expect(last).toEqual(first);
  const shown = present(last, "the last images").images;
  expect(shown.count).toBe(8);
  for (let item = 0; item < 8; item++) {
    expect(items).toContain(shown.pixels.slice(item * ITEM_SIZE, (item + 1) * ITEM_SIZE).join());
  }
});

test("no real images are judged before they have come", async () => {
  const harness = new Harness(0);
  await harness.configure();
  const [fakes, reals] = await judged(harness, { kind: "fresh", first: 0, count: 3 }, { kind: "lastReal", count: 8 });
  expect([fakes?.images.count, fakes?.logits.length]).toEqual([3, 3]);
  expect([reals?.images.count, reals?.logits.length]).toEqual([0, 0]);
});

test("judging changes no weight, leaves no tensor behind, and takes turns with training", async () => {
  const plain = new Harness();
  await plain.configure();
  const { fingerprints } = await plain.trainUntil(6);
  const harness = new Harness();
  await harness.configure();
  await harness.trainUntil(2);
  const sources = [{ kind: "probe" }, { kind: "fresh", first: 0, count: 100 }, { kind: "lastReal", count: 8 }] as const;
  await judged(harness, ...sources);
  const before = memory().numTensors;
  await judged(harness, ...sources);
  expect(memory().numTensors).toBe(before);
  harness.send({ type: "ask", run: "run", request: 5, asked: { name: "judge", question: { sources } } });
  const paused = await harness.trainUntil(6);
  expect(paused.fingerprints).toEqual(fingerprints);
  expect(harness.all("answered").filter(({ request }) => request === 5)).toHaveLength(1);
});

test.each([
  ["of another size", { kind: "given", images: { count: 1, shape: [2, 2, 1], pixels: new Uint8Array(4) } }],
  ["that are too many", { kind: "fresh", first: 0, count: 5000 }],
  ["of a strange count", { kind: "lastReal", count: 1.5 }],
] as const satisfies readonly (readonly [string, JudgedSource])[])("images %s are refused", async (_, source) => {
  const harness = new Harness();
  await harness.configure();
  harness.send({
    type: "ask",
    run: "run",
    request: 4,
    asked: { name: "judge", question: { sources: [source] } },
  });
  expect(await harness.next("failed")).toMatchObject({ code: "badCommand", request: 4 });
});
