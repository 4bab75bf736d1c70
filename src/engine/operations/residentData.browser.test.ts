import { env, memory, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { createResidentData } from "./residentData.ts";
import { registerGather } from "./residentData.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerGather();
});

// Items of seven bytes begin anywhere in a word, those of twelve at whole words.
test.for([7, 12])("batches of items of %d bytes are those of the host, while data still comes", async (itemSize) => {
  const before = memory().numTensors;
  const data = createResidentData([itemSize, 1], 9);
  const pixels = Uint8Array.from({ length: 9 * itemSize }, (_, index) => (index * 37) % 256);
  data.append(pixels.slice(0, 3 * itemSize));
  const batch = data.createBatch(3);
  for (const items of [
    [2, 0, 1],
    [8, 3, 8],
  ]) {
    if (data.available === 3 && items.includes(8)) data.append(pixels.slice(3 * itemSize));
    batch.choose(items);
    const [onDevice, onHost] = [batch.gather(), data.gather(items)];
    expect(onDevice.shape).toEqual([3, itemSize, 1]);
    const [actual, expected] = [await onDevice.data<"float32">(), await onHost.data<"float32">()];
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 6);
    onDevice.dispose();
    onHost.dispose();
  }
  batch.dispose();
  data.dispose();
  expect(memory().numTensors).toBe(before);
});

test("floats gathered on the device are those that came, bit for bit", async () => {
  const data = createResidentData([2], 4, "floats");
  const points = Float32Array.of(0.1, -3, 1e-30, 7, -0.25, 1 / 3, 2, 5e20);
  data.append(new Uint8Array(points.buffer));
  const batch = data.createBatch(2);
  batch.choose([2, 0]);
  const gathered = batch.gather();
  expect(await gathered.data()).toEqual(Float32Array.of(-0.25, 1 / 3, 0.1, -3));
  gathered.dispose();
  batch.dispose();
  data.dispose();
});
