/** Readings in order, whichever tensor is ready first, and none lost when the device goes. */
import { memory, tensor1d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startBackend } from "./backend.ts";
import { createReadback } from "./readback.ts";

/** A tensor whose numbers come when the test says so. */
function slowTensor() {
  let resolve: (values: Float32Array) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const data = new Promise<Float32Array>((onValues, onError) => ([resolve, reject] = [onValues, onError]));
  const tensor = { data: () => data, dispose: () => undefined } as unknown as Tensor;
  return {
    tensor,
    arrive: (value: number) => {
      resolve(Float32Array.of(value));
    },
    break: (error: Error) => {
      reject(error);
    },
  };
}

beforeAll(async () => {
  await startBackend("cpu");
});

describe("readback", () => {
  test("reads tensors in one row, as they are when they are asked for, and leaves them to the caller", async () => {
    const { numTensors } = memory();
    const readback = createReadback();
    const [first, second] = [tensor1d([1, 2]), tensor1d([3])];
    const read: number[] = [];
    readback.enqueue([first, second], (values) => read.push(...values));
    for (const tensor of [first, second]) tensor.dispose();
    await readback.settle();
    expect(read).toEqual([1, 2, 3]);
    expect(memory().numTensors).toBe(numTensors);
  });

  test("hands out values in the order they were asked for", async () => {
    const readback = createReadback();
    const [first, second] = [slowTensor(), slowTensor()];
    const read: number[] = [];
    readback.enqueue([first.tensor], ([value]) => read.push(value ?? NaN));
    readback.enqueue([second.tensor], ([value]) => read.push(value ?? NaN));
    second.arrive(2);
    await Promise.resolve();
    expect(read).toEqual([]);
    first.arrive(1);
    await readback.settle();
    expect(read).toEqual([1, 2]);
  });

  test("settles as soon as few enough batches are under way, however many readings they hold", async () => {
    const readback = createReadback();
    const [first, second] = [slowTensor(), slowTensor()];
    readback.enqueue([first.tensor], () => undefined);
    readback.enqueue([first.tensor], () => undefined);
    readback.submit();
    readback.enqueue([second.tensor], () => undefined);
    await readback.settle(2);
    expect(readback.pending).toBe(2);
    first.arrive(1);
    await readback.settle(1);
    expect(readback.pending).toBe(1);
  });

  test("throws what a reading failed with, and uses no later one", async () => {
    const readback = createReadback();
    const [first, second] = [slowTensor(), slowTensor()];
    const read: number[] = [];
    readback.enqueue([first.tensor], ([value]) => read.push(value ?? NaN));
    readback.enqueue([second.tensor], ([value]) => read.push(value ?? NaN));
    first.break(new Error("no memory"));
    second.arrive(2);
    await expect(readback.settle()).rejects.toThrow("no memory");
    await expect(readback.settle()).rejects.toThrow("no memory");
    expect(read).toEqual([]);
  });

  test("gives up waiting when the device is gone", async () => {
    const readback = createReadback();
    readback.enqueue([slowTensor().tensor], () => undefined);
    const settled = readback.settle();
    readback.fail(new Error("device lost"));
    await expect(settled).rejects.toThrow("device lost");
  });
});
