import { beforeAll, expect, test } from "vitest";
import { DATA_SETS } from "../data/catalogue.ts";
import { createResidentData } from "../engine/operations/residentData.ts";
import { createResidentLabels } from "../engine/operations/residentLabels.ts";
import { startSimd } from "../engine/simd/index.ts";
import { createGan } from "../gan/gan.ts";
import { PRESETS } from "../gan/presets/index.ts";
import { createUpdates } from "./updates.ts";

/** Images are dear; any real numbers will do to see that nothing overflows. */
const BATCH = 8;
const ITEMS = 32;
const STEPS = 50;

beforeAll(async () => {
  await startSimd();
});

test.for([...PRESETS])("the preset $id trains without a number that is none, and is replayed", async ({ config }) => {
  const small = { ...config, batchSize: BATCH };
  const { shape, classes } = DATA_SETS[config.dataSet];
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const gan = createGan(small, shape, config.seed, classes.length);
  const updates = createUpdates(gan, small);
  const data = createResidentData(shape, ITEMS);
  data.append(Uint8Array.from({ length: ITEMS * size }, (_, index) => (index * 2654435761) >>> 24));
  const labels = createResidentLabels(Math.max(1, classes.length), ITEMS);
  labels.append(Uint8Array.from({ length: ITEMS }, (_, item) => item % Math.max(1, classes.length)));
  const batch = labels.labelled(data.createBatch(BATCH), BATCH);
  for (let step = 0; step < STEPS; step++) {
    batch.choose(Array.from({ length: BATCH }, (_, row) => (row + step * BATCH) % ITEMS));
    const told = await updates.discriminator(small, step, batch).data();
    const fooled = await updates.generator(small, step, undefined, batch).data();
    expect([...told, ...fooled].every(Number.isFinite)).toBe(true);
  }
  expect([updates.refusalOf("discriminator"), updates.refusalOf("generator")]).toEqual([null, null]);
  for (const held of [updates, batch, labels, data, gan]) held.dispose();
});
