import { memory, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { createResidentData } from "../../operations/residentData.ts";
import { captureStep } from "../../stepGraph.ts";
import { startSimd } from "../index.ts";

beforeAll(async () => {
  await startSimd();
});

function valuesOf(tensor: Tensor | undefined): number[] {
  const values = [...(tensor?.dataSync() ?? [])];
  tensor?.dispose();
  return values;
}

// Sizes around a register; items need not begin at a whole word.
test.for([1, 3, 7, 31, 33, 784])("batches of items of %i bytes are those of the host, bit for bit", (size) => {
  const before = memory().numTensors;
  const data = createResidentData([size], 9);
  const pixels = Uint8Array.from({ length: 9 * size }, (_, index) => (index * 37) % 256);
  data.append(pixels.slice(0, 3 * size));
  const batch = data.createBatch(3);
  batch.choose([2, 0, 1]);
  expect(valuesOf(batch.gather())).toEqual(valuesOf(data.gather([2, 0, 1])));
  data.append(pixels.slice(3 * size));
  batch.choose([8, 3, 8]);
  expect(valuesOf(batch.gather())).toEqual(valuesOf(data.gather([8, 3, 8])));
  batch.dispose();
  data.dispose();
  expect(memory().numTensors).toBe(before);
});

test("every byte becomes the number that it becomes on the host", () => {
  const data = createResidentData([256], 1);
  data.append(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const batch = data.createBatch(1);
  batch.choose([0]);
  expect(valuesOf(batch.gather())).toEqual(Array.from({ length: 256 }, (_, byte) => Math.fround(byte / 127.5 - 1)));
  batch.dispose();
  data.dispose();
});

test("a replay gathers what was chosen last", () => {
  const data = createResidentData([5], 4);
  data.append(Uint8Array.from({ length: 20 }, (_, index) => index * 12));
  const batch = data.createBatch(2);
  batch.choose([0, 1]);
  const captured = captureStep(() => [batch.gather()]);
  if (!captured.captured) throw new Error(captured.refusal.reason);
  batch.choose([3, 2]);
  const [replayed] = captured.graph.replay();
  expect([...(replayed?.dataSync() ?? [])]).toEqual(valuesOf(data.gather([3, 2])));
  captured.graph.dispose();
  batch.dispose();
  data.dispose();
});
