/** Where the discriminator wants change, and which parts its score rests on, beside scores of images that were really changed. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import type { Config } from "../../gan/config.ts";
import { Harness, ITEM_SIZE, shard, TINY } from "../testHarness.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const SHAPE = [28, 28, 1] as const;
const WITH_CONVOLUTION: Config = {
  ...TINY,
  discriminator: [
    { type: "conv2d", filters: 4, kernelSize: 4, strides: 2, useBias: true },
    { type: "batchNorm" },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "flatten" },
    { type: "dense", units: 1, useBias: true },
  ],
};

function imageWith(change: (pixels: Uint8Array) => void) {
  const pixels = shard(0).pixels.slice(0, ITEM_SIZE);
  change(pixels);
  return { count: 1, shape: SHAPE, pixels };
}

const untouched = () => imageWith(() => undefined);

async function logitOf(harness: Harness, image: ReturnType<typeof imageWith>): Promise<number> {
  const { groups } = await harness.ask("judge", { sources: [{ kind: "given", images: image }] });
  return groups[0]?.logits[0] ?? NaN;
}

async function trained(config: Config): Promise<Harness> {
  const harness = new Harness();
  await harness.configure("run", config);
  await harness.trainUntil(2);
  return harness;
}

test.each([
  ["one layer", TINY],
  ["a convolution, batch norm and a leak", WITH_CONVOLUTION],
])("with %s, slopes are what the score gains by a little more of a pixel", async (_, config) => {
  const harness = await trained(config);
  const { logit, slopes, step } = await harness.ask("saliency", { image: untouched() });
  expect(step).toBe(2);
  expect(logit).toBeCloseTo(await logitOf(harness, untouched()), 5);
  expect(slopes).toHaveLength(ITEM_SIZE);
  for (const pixel of [300, 410, 555]) {
    const moved = (by: number) =>
      logitOf(
        harness,
        imageWith((pixels) => (pixels[pixel] = (pixels[pixel] ?? 0) + by)),
      );
    // Sixteen bytes are 16/127.5 of the unit that slopes are by. Differences are some thousandths, and float32 and the rare bend
    // of a leak within them far less than the tolerance of 0.00005.
    const difference = (await moved(8)) - (await moved(-8));
    expect((slopes[pixel] ?? NaN) * (16 / 127.5)).toBeCloseTo(difference, 4);
  }
});

test("a place's fall is what the score loses when a black patch really lies there", async () => {
  const harness = await trained(WITH_CONVOLUTION);
  const { rows, columns, falls } = await harness.ask("occlusion", { image: untouched() });
  expect([rows, columns, falls.length]).toEqual([14, 14, 196]);
  // Place (3, 5) of 14 has its middle at (7, 11) of 28, and the patch of 6 reaches 3 to either side.
  const hidden = imageWith((pixels) => {
    for (let y = 4; y < 10; y++) for (let x = 8; x < 14; x++) pixels[y * 28 + x] = 0;
  });
  const fall = (await logitOf(harness, untouched())) - (await logitOf(harness, hidden));
  expect(fall).not.toBe(0);
  expect(falls[3 * 14 + 5]).toBeCloseTo(fall, 5);
});

test("a discriminator that compares the images of a batch judges every hidden one alone", async () => {
  const harness = await trained({
    ...TINY,
    discriminator: [
      { type: "conv2d", filters: 4, kernelSize: 4, strides: 2, useBias: true },
      { type: "minibatchStdDev", groupSize: null },
      { type: "flatten" },
      { type: "dense", units: 1, useBias: true },
    ],
  });
  const { falls } = await harness.ask("occlusion", { image: untouched() });
  const hidden = imageWith((pixels) => {
    for (let y = 4; y < 10; y++) for (let x = 8; x < 14; x++) pixels[y * 28 + x] = 0;
  });
  const fall = (await logitOf(harness, untouched())) - (await logitOf(harness, hidden));
  expect(falls[3 * 14 + 5]).toBeCloseTo(fall, 5);
});

test("hiding black behind black changes nothing, and nothing is left behind", async () => {
  const harness = await trained(TINY);
  const black = () => imageWith((pixels) => pixels.fill(0));
  await harness.ask("saliency", { image: black() });
  const before = memory().numTensors;
  const { falls } = await harness.ask("occlusion", { image: black() });
  await harness.ask("saliency", { image: black() });
  expect(memory().numTensors).toBe(before);
  expect(new Set(falls)).toEqual(new Set([0]));
});

test.each(["saliency", "occlusion"] as const)("%s of two images at once is refused", async (name) => {
  const harness = new Harness();
  await harness.configure();
  const image = { count: 2, shape: SHAPE, pixels: new Uint8Array(2 * ITEM_SIZE) };
  harness.send({ type: "ask", run: "run", request: 4, asked: { name, question: { image } } });
  expect(await harness.next("failed")).toMatchObject({ code: "badCommand", request: 4 });
});
