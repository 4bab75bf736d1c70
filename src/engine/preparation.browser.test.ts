import {
  add,
  concat,
  cos,
  exp,
  log,
  matMul,
  memory,
  mul,
  randomNormal,
  relu,
  sigmoid,
  sin,
  tanh,
  tensor,
  variable,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBackend } from "./backend.ts";
import { LINEAR } from "./operations/activations.ts";
import { dense } from "./operations/dense.ts";
import { prepareKernels, type Preparation } from "./preparation.ts";
import { tilesFor } from "./webgpu/tiles.ts";

const compileAtOnce = vi.spyOn(GPUDevice.prototype, "createComputePipeline");
const never = new AbortController().signal;

beforeAll(async () => {
  await startBackend("webgpu");
});

afterAll(() => {
  compileAtOnce.mockRestore();
});

test("kernels of TensorFlow.js and of our own are compiled ahead, each reported, and run afterwards", async () => {
  const x: Tensor2D = tensor([1, 2, 3, 4], [2, 2]);
  const kernel: Tensor2D = tensor([1, 0, 0, 1], [2, 2]);
  const work = () => relu(add(dense(x, kernel, null, LINEAR), x));
  const reports: Preparation[] = [];
  await prepareKernels(work, (preparation) => reports.push(preparation), never);
  const total = reports[0]?.total ?? 0;
  expect(total).toBe(3);
  expect(reports.map(({ ready }) => ready)).toEqual([0, 1, 2, 3]);
  compileAtOnce.mockClear();
  expect([...(await work().data())]).toEqual([2, 4, 6, 8]);
  expect(compileAtOnce).not.toHaveBeenCalled();
  expect(prepareKernels(work, () => undefined, never)).toBeNull();
});

test("going through the work moves no number and leaves no tensor, even where it assigns variables", async () => {
  const weight = variable(tensor([1, 2, 3]));
  const before = memory().numTensors;
  const preparing = prepareKernels(
    () => {
      weight.assign(mul(weight, 5));
    },
    () => undefined,
    never,
  );
  expect(memory().numTensors).toBe(before);
  await preparing;
  expect([...(await weight.data())]).toEqual([1, 2, 3]);
  weight.dispose();
});

test("a kernel that is needed while it is compiled ahead runs all the same", async () => {
  const x = tensor([1, 2, 3, 4], [2, 2]);
  const square = () => matMul(x, x);
  const preparing = prepareKernels(square, () => undefined, never);
  expect([...(await square().data())]).toEqual([7, 10, 15, 22]);
  await preparing;
  expect([...(await square().data())]).toEqual([7, 10, 15, 22]);
});

test("on a graphics card the fastest tile is found by trial, once for a shape, and gives the bits of any other", async () => {
  const card = { vendor: "a", architecture: "card", device: "", description: "", isFallbackAdapter: false };
  const adapterInfo = vi.spyOn(GPUDevice.prototype, "adapterInfo", "get").mockReturnValue(card as GPUAdapterInfo);
  const createBuffer = vi.spyOn(GPUDevice.prototype, "createBuffer");
  const [rows, depth, columns] = [64, 256, 256];
  const x: Tensor2D = randomNormal([rows, depth], 0, 1, "float32", 1);
  const kernel: Tensor2D = randomNormal([depth, columns], 0, 1, "float32", 2);
  const work = () => dense(x, kernel, null, LINEAR);
  const reports: Preparation[] = [];
  await prepareKernels(work, (preparation) => reports.push(preparation), never);
  expect(reports.at(-1)?.total).toBe(tilesFor("hardware", Infinity).length);
  const tried = createBuffer.mock.results.filter((_, call) => createBuffer.mock.calls[call]?.[0].label === "trial");
  expect(tried).toHaveLength(3);
  const chosen = await work().data();
  expect(prepareKernels(work, () => undefined, never)).toBeNull();

  adapterInfo.mockRestore();
  createBuffer.mockRestore();
  // Another number of rows is another kernel, by the tile of a processor.
  const other = await dense(concat([x, x]), kernel, null, LINEAR).data();
  expect(other.slice(0, chosen.length)).toEqual(chosen);
});

test("nothing is compiled any more once nobody waits", async () => {
  const x = tensor([1, 2, 3]);
  const leaving = new AbortController();
  const reports: Preparation[] = [];
  const many = () => {
    for (const operation of [cos, exp, log, sigmoid, sin, tanh]) operation(x);
  };
  const compileAhead = vi.spyOn(GPUDevice.prototype, "createComputePipelineAsync");
  await prepareKernels(
    many,
    (preparation) => {
      reports.push(preparation);
      leaving.abort();
    },
    leaving.signal,
  );
  expect(reports).toEqual([{ ready: 0, total: 6 }]);
  expect(compileAhead).not.toHaveBeenCalled();
});
