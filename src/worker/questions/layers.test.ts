/** Questions about single layers, against plain sums over kernels that the run tells itself. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../engine/backend.ts";
import type { Config } from "../../gan/config.ts";
import { present } from "../../shared/invariant.ts";
import { Harness, ITEM_SIZE, shard, TINY } from "../testHarness.ts";
import { ACTIVITY_IMAGES } from "./activity.question.ts";
import type { Filters } from "./filters.question.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

const SHAPE = [28, 28, 1] as const;

/** Without biases, so that the kernel says all. */
const DENSE: Config = {
  ...TINY,
  discriminator: [
    { type: "flatten" },
    { type: "dropout", rate: 0.3 },
    { type: "dense", units: 6, useBias: false },
    { type: "reLU" },
    { type: "dense", units: 1, useBias: true },
  ],
};
const CONVOLUTION: Config = {
  ...TINY,
  discriminator: [
    { type: "conv2d", filters: 5, kernelSize: 3, strides: 2, useBias: false },
    { type: "leakyReLU", alpha: 0.2 },
    { type: "flatten" },
    { type: "dense", units: 1, useBias: true },
  ],
};

const bytesOf = (item: number) => shard(0).pixels.slice(item * ITEM_SIZE, (item + 1) * ITEM_SIZE);
const imageOf = (item: number) => ({ count: 1, shape: SHAPE, pixels: bytesOf(item) });
const inputsOf = (item: number) => Array.from(bytesOf(item), (byte) => byte / 127.5 - 1);

async function trained(config: Config): Promise<Harness> {
  const harness = new Harness();
  await harness.configure("run", config);
  await harness.trainUntil(2);
  return harness;
}

const filtersOf = async (harness: Harness): Promise<Filters> =>
  present(await harness.ask("filters", null), "the filters");

const mapsOf = (harness: Harness, layer: number, item = 0) =>
  harness.ask("featureMaps", { of: { player: "discriminator", image: imageOf(item) }, layer });

/** A filter laid over the image with its top left corner at (top, left). */
function product({ shape: [height, width], values }: Filters, filter: number, image: readonly number[], at: number[]) {
  const [top = 0, left = 0] = at;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = [top + y, left + x];
      if (row < 0 || column < 0 || row >= 28 || column >= 28) continue;
      sum += (values[(filter * height + y) * width + x] ?? NaN) * (image[row * 28 + column] ?? NaN);
    }
  }
  return sum;
}

test("a dense layer's filters are as large as the image, and its units their products with it", async () => {
  const harness = await trained(DENSE);
  const filters = await filtersOf(harness);
  expect(filters).toMatchObject({ step: 2, layer: 2, type: "dense", of: 6, count: 6, shape: [28, 28, 1] });
  const maps = await mapsOf(harness, 2);
  expect(maps).toMatchObject({ step: 2, of: 6, shape: [6] });
  for (let unit = 0; unit < 6; unit++) {
    // Float32 sums of 784 products of order 0.1.
    expect(maps.values[unit]).toBeCloseTo(product(filters, unit, inputsOf(0), [0, 0]), 4);
  }
  const rectified = await mapsOf(harness, 3);
  expect([...rectified.values]).toEqual(Array.from(maps.values, (value) => Math.max(value, 0)));
});

test("a convolution's maps are its filters laid over the image, place by place", async () => {
  const harness = await trained(CONVOLUTION);
  const filters = await filtersOf(harness);
  expect(filters).toMatchObject({ layer: 0, type: "conv2d", of: 5, count: 5, shape: [3, 3, 1] });
  const maps = await mapsOf(harness, 0, 7);
  expect(maps).toMatchObject({ of: 5, shape: [14, 14, 5] });
  for (const [row, column, filter] of [
    [0, 0, 0],
    [3, 9, 2],
    [13, 13, 4],
  ] as const) {
    // "same" with strides of 2 pads 28 pixels by one, at the end.
    const expected = product(filters, filter, inputsOf(7), [2 * row, 2 * column]);
    expect(maps.values[(row * 14 + column) * 5 + filter]).toBeCloseTo(expected, 5);
  }
});

test("a kernel that is normalised by its spectrum is told as the layer uses it", async () => {
  const [first, ...others] = CONVOLUTION.discriminator;
  if (first?.type !== "conv2d") throw new Error("The first layer is a convolution.");
  const harness = await trained({ ...CONVOLUTION, discriminator: [{ ...first, spectralNorm: true }, ...others] });
  const filters = await filtersOf(harness);
  const maps = await mapsOf(harness, 0);
  expect(maps.values[(3 * 14 + 9) * 5 + 2]).toBeCloseTo(product(filters, 2, inputsOf(0), [6, 18]), 5);
});

test("the last layer makes the score of the discriminator, and the generator's the sample itself", async () => {
  const harness = await trained(CONVOLUTION);
  const { groups } = await harness.ask("judge", {
    sources: [{ kind: "given", images: imageOf(3) }, { kind: "probe" }],
  });
  const [score] = (await mapsOf(harness, 3, 3)).values;
  // Layer by layer or with activations in the kernels before them: the same sums.
  expect(score).toBeCloseTo(present(groups[0]?.logits[0], "the score"), 5);
  const { shape, values } = await harness.ask("featureMaps", { of: { player: "generator", cell: 5 }, layer: 3 });
  expect(shape).toEqual([28, 28, 1]);
  const bytes = present(groups[1], "the probe").images.pixels.subarray(5 * ITEM_SIZE, 6 * ITEM_SIZE);
  // Bytes are rounded.
  bytes.forEach((byte, pixel) => {
    expect(Math.abs((values[pixel] ?? NaN) - (byte / 127.5 - 1))).toBeLessThan(1 / 127.5);
  });
});

test("an image goes beside the labels that suit it best, and filters show its own channels alone", async () => {
  const harness = await trained({ ...CONVOLUTION, conditioning: { type: "concatenation" } });
  const { groups } = await harness.ask("judge", { sources: [{ kind: "given", images: imageOf(1) }] });
  const [score] = (await mapsOf(harness, 3, 1)).values;
  expect(score).toBeCloseTo(present(groups[0]?.logits[0], "the score"), 5);
  expect(await filtersOf(harness)).toMatchObject({ shape: [3, 3, 1], count: 5 });
});

test("activity tallies every layer over the last real images and fresh fakes", async () => {
  const harness = await trained(DENSE);
  const activity = await harness.ask("activity", { first: 40 });
  expect(activity).toMatchObject({ step: 2, fakes: ACTIVITY_IMAGES, reals: ACTIVITY_IMAGES });
  expect(activity.discriminator.map(({ type, units }) => [type, units])).toEqual([
    ["flatten", 784],
    ["dropout", 784],
    ["dense", 6],
    ["reLU", 6],
    ["dense", 1],
  ]);
  // By hand: all images once more, as the discriminator is shown them.
  const { groups } = await harness.ask("judge", {
    sources: [
      { kind: "fresh", first: 40, count: ACTIVITY_IMAGES },
      { kind: "lastReal", count: ACTIVITY_IMAGES },
    ],
  });
  const filters = await filtersOf(harness);
  const images = groups.flatMap(({ images: { count, pixels } }) =>
    Array.from({ length: count }, (_, item) =>
      Array.from(pixels.subarray(item * ITEM_SIZE, (item + 1) * ITEM_SIZE), (byte) => byte / 127.5 - 1),
    ),
  );
  const outputs = images.map((image) => Array.from({ length: 6 }, (_, unit) => product(filters, unit, image, [0, 0])));
  const all = outputs.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  const [, , dense, reLU] = activity.discriminator;
  // Fakes are rounded to bytes here, which moves a sum of 784 by some thousandths at most.
  expect(dense?.mean).toBeCloseTo(mean, 2);
  expect(dense?.deviation).toBeCloseTo(deviation, 2);
  const silent = Array.from({ length: 6 }, (_, unit) => outputs.every((output) => (output[unit] ?? 0) <= 0));
  expect(dense?.silent).toBe(silent.filter(Boolean).length);
  expect(reLU?.silent).toBe(dense?.silent);
  expect(activity.generator.at(-1)).toMatchObject({ type: "reshape", units: 1 });
});

test("nothing is left behind", async () => {
  const harness = await trained(CONVOLUTION);
  const askAll = async () => {
    await filtersOf(harness);
    for (const layer of [0, 2, 3]) await mapsOf(harness, layer);
    await harness.ask("featureMaps", { of: { player: "generator", cell: 0 }, layer: 0 });
    await harness.ask("activity", { first: 0 });
  };
  await askAll();
  const before = memory().numTensors;
  await askAll();
  expect(memory().numTensors).toBe(before);
});

test("before the data has come, activity is that over fakes alone", async () => {
  const harness = new Harness(0);
  await harness.configure("run", DENSE);
  expect(await harness.ask("activity", { first: 0 })).toMatchObject({ fakes: ACTIVITY_IMAGES, reals: 0 });
});

test("a discriminator that begins with something else has no filters over the pixels", async () => {
  const harness = new Harness();
  await harness.configure("run", {
    ...TINY,
    discriminator: [{ type: "averagePooling2d", poolSize: 2 }, ...TINY.discriminator],
  });
  expect(await harness.ask("filters", null)).toBeNull();
});

test.each([
  ["a layer that there is not", { of: { player: "discriminator", image: imageOf(0) }, layer: 9 }],
  ["a cell that there is not", { of: { player: "generator", cell: 64 }, layer: 0 }],
  ["an image of another size", { of: { player: "discriminator", image: { ...imageOf(0), count: 2 } }, layer: 0 }],
] as const)("%s is refused", async (_, question) => {
  const harness = new Harness();
  await harness.configure();
  harness.send({ type: "ask", run: "run", request: 4, asked: { name: "featureMaps", question } });
  expect(await harness.next("failed")).toMatchObject({ code: "badCommand", request: 4 });
});
