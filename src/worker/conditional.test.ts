/** Runs whose players are told classes, through the protocol. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../engine/backend.ts";
import type { Config, ConditioningConfig } from "../gan/config.ts";
import { present } from "../shared/invariant.ts";
import { Harness, ITEM_SIZE, shard, TINY } from "./testHarness.ts";

beforeAll(async () => {
  await startBackend("cpu");
});

function told(conditioning: ConditioningConfig): Config {
  return { ...TINY, conditioning };
}

const CLASSIFYING = told({ type: "auxiliaryClassifier", weight: 1 });
const ROWS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

test("the grid has a row for each class, and so have the real images beside it", async () => {
  const harness = new Harness();
  await harness.configure("run", CLASSIFYING);
  const { images } = await harness.next("samples");
  expect(images).toMatchObject({ count: 80, grid: { columns: 8, rowLabels: ROWS } });
  const { images: real } = await harness.next("realSamples");
  expect(real).toMatchObject({ count: 80, grid: { columns: 8, rowLabels: ROWS } });
  // Classes come in turn: the second cell of the row of the 3 is the 14th item.
  const cell = 3 * 8 + 1;
  const item = shard(0).pixels.subarray(13 * ITEM_SIZE, 14 * ITEM_SIZE);
  expect(real.pixels.subarray(cell * ITEM_SIZE, (cell + 1) * ITEM_SIZE)).toEqual(item);
});

test("a column of the grid is one latent, asked for one class after another", async () => {
  const harness = new Harness();
  await harness.configure("run", CLASSIFYING);
  const { probe, latentDim } = await harness.ask("latents", { directions: 1 });
  expect(latentDim).toBe(TINY.latentDim + 10);
  const rowOf = (label: number, column: number) => {
    const start = (label * 8 + column) * latentDim;
    return [...probe.subarray(start, start + latentDim)];
  };
  for (const [label, column] of [
    [0, 0],
    [7, 5],
  ] as const) {
    expect(rowOf(label, column).slice(0, TINY.latentDim)).toEqual(rowOf(0, column).slice(0, TINY.latentDim));
    expect(rowOf(label, column).slice(TINY.latentDim)).toEqual(ROWS.map((row) => Number(row === String(label))));
  }
  expect(rowOf(0, 1)).not.toEqual(rowOf(0, 0));
});

test("images of chosen classes are made of the latents that images of other classes are made of", async () => {
  const harness = new Harness();
  await harness.configure("run", CLASSIFYING);
  const made = (classes: readonly number[]) =>
    harness.ask("render", { kind: "fresh", first: 5, count: classes.length, classes });
  const [sevens, mixed] = [await made([7, 7]), await made([7, 2])];
  expect(mixed.pixels.subarray(0, ITEM_SIZE)).toEqual(sevens.pixels.subarray(0, ITEM_SIZE));
  expect(mixed.pixels.subarray(ITEM_SIZE)).not.toEqual(sevens.pixels.subarray(ITEM_SIZE));
});

test("classes that there are not are refused, and so are classes of a run that is told none", async () => {
  const harness = new Harness();
  await harness.configure("run", CLASSIFYING);
  const refusalOf = async (run: string, classes: readonly number[]) => {
    const asked = { name: "render", question: { kind: "fresh", first: 0, count: 2, classes } } as const;
    harness.send({ type: "ask", run, request: 1, asked });
    return (await harness.next("failed")).message;
  };
  expect(await refusalOf("run", [1, 10])).toBe("These are not 2 classes.");
  expect(await refusalOf("run", [1])).toBe("These are not 2 classes.");
  await harness.configure("plain");
  expect(await refusalOf("plain", [1, 2])).toBe("This generator was not told classes.");
});

test("steps are measured with how often classes are told right, where they are told at all", async () => {
  const harness = new Harness();
  await harness.configure("classifying", CLASSIFYING);
  await harness.trainUntil(2, "classifying");
  const { realAccuracy, fakeAccuracy } = await harness.history("classifying");
  for (const accuracy of [...realAccuracy, ...fakeAccuracy]) expect([0, 0.25, 0.5, 0.75, 1]).toContain(accuracy);
  await harness.configure("projected", told({ type: "projection" }));
  await harness.trainUntil(2, "projected");
  expect((await harness.history("projected")).realAccuracy).toEqual(new Float64Array([NaN, NaN]));
});

test.for(["concatenation", "projection"] as const)(
  "the discriminator scores images by the classes they are meant to show, with %s",
  async (type) => {
    const harness = new Harness();
    await harness.configure("run", told({ type }));
    await harness.trainUntil(3);
    const tensors = memory().numTensors;
    const { groups } = await harness.ask("judge", {
      sources: [{ kind: "probe" }, { kind: "real", first: 0, count: 4 }, { kind: "fresh", first: 0, count: 10 }],
    });
    expect(groups.map(({ images }) => images.count)).toEqual([80, 4, 10]);
    const [probe] = groups;
    const images = present(probe, "the probe").images;
    const [given] = (await harness.ask("judge", { sources: [{ kind: "given", images }] })).groups;
    // Nobody says what given images show: they are scored as what suits them best. Pixels are rounded to bytes on the way.
    present(given, "the given images").logits.forEach((logit, index) => {
      expect(logit).toBeGreaterThan((present(probe, "the probe").logits[index] ?? NaN) - 0.1);
    });
    expect(memory().numTensors).toBe(tensors);
  },
);
