/** The evaluators in the repository against what their reports say of them, on all images kept apart. */
import * as v from "valibot";
import { beforeAll, expect, test } from "vitest";
import { DATA_SETS, type ImageSetName } from "../../data/catalogue.ts";
import { startSimd } from "../../engine/simd/index.ts";
import { countMistakes } from "./accuracy.ts";
import { disposeClassifier } from "./classifier.ts";
import { unpackEvaluator } from "./evaluatorFile.ts";
import { EVALUATORS } from "./evaluators.ts";
import type { LabelledImages } from "./labelledImages.ts";
import { evaluatorReportSchema } from "./report.ts";

const manifestSchema = v.object({
  shape: v.tuple([v.number(), v.number(), v.number()]),
  test: v.object({ shards: v.tuple([v.object({ file: v.string(), count: v.number() })]) }),
});

async function readTestImages(folder: string): Promise<LabelledImages> {
  const manifest: unknown = await (await fetch(`/${folder}/manifest.json`)).json();
  const { shape, test: split } = v.parse(manifestSchema, manifest);
  const [{ file, count }] = split.shards;
  const packed = await (await fetch(`/${folder}/${file}`)).blob();
  const unpacked = new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")));
  const bytes = new Uint8Array(await unpacked.arrayBuffer());
  return { shape, pixels: bytes.subarray(0, bytes.length - count), labels: bytes.subarray(bytes.length - count) };
}

beforeAll(async () => {
  await startSimd();
});

test.for(Object.entries(EVALUATORS))("the evaluator of %s is as good as its report says", async ([name, entry]) => {
  const file = new Uint8Array(await (await fetch(`/${entry.path}.bin`)).arrayBuffer());
  const written: unknown = await (await fetch(`/${entry.path}.json`)).json();
  const report = v.parse(evaluatorReportSchema, written);
  expect(report.dataSet).toBe(name);
  expect(file.length).toBeLessThanOrEqual(300_000);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  expect([...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")).toBe(report.file.sha256);

  const { shape, folder } = DATA_SETS[name as ImageSetName];
  const images = await readTestImages(folder);
  const { classifier } = unpackEvaluator(file, shape, entry.classes.length);
  const mistakes = await countMistakes(classifier, images);
  disposeClassifier(classifier);
  expect(images.labels.length).toBe(report.test.images);
  // Another kind of SIMD rounds otherwise, which may tip a single image that lies between two classes.
  expect(Math.abs(mistakes - report.test.mistakes)).toBeLessThanOrEqual(2);
  expect(1 - mistakes / images.labels.length).toBeGreaterThanOrEqual(0.985);
});
