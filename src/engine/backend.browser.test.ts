import { getBackend, square, tensor1d } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { BackendError, startBackend } from "./backend.ts";
import { BACKENDS, type BackendName } from "./backends.ts";
import { isSoftwareRenderer } from "./starting.ts";

const NAMES = Object.keys(BACKENDS) as BackendName[];

test.for(NAMES)("%s starts when asked for, software or not, or says why it does not", async (name, { skip }) => {
  try {
    const report = await startBackend(name);
    expect(report.name).toBe(name);
    expect(report.device).not.toBe("");
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    console.warn(`Skipped: ${error.message}`);
    skip(error.message);
  }
  expect(getBackend()).toBe(name);
  const x = tensor1d([1, 2]);
  const y = square(x);
  expect([...(await y.data())]).toEqual([1, 4]);
  for (const tensor of [x, y]) tensor.dispose();
});

test("the automatic choice never emulates a graphics card, and says why it took no faster backend", async () => {
  const report = await startBackend("auto");
  expect(getBackend()).toBe(report.name);
  if (report.name !== "webgpu") expect(report.reason).toContain("WebGPU");
  if (report.name === "simd" || report.name === "cpu") expect(report.reason).toContain("WebGL");
  else expect(isSoftwareRenderer(report.device)).toBe(false);
});

test("a backend that cannot be had leaves the one before at work", async () => {
  await startBackend("cpu");
  const { gpu } = navigator;
  Object.defineProperty(navigator, "gpu", {
    configurable: true,
    value: { requestAdapter: () => Promise.resolve(null) },
  });
  try {
    const refusal = startBackend("webgpu");
    await expect(refusal).rejects.toBeInstanceOf(BackendError);
    await expect(refusal).rejects.toThrow("WebGPU does not work here: no graphics adapter supports it.");
    expect(getBackend()).toBe("cpu");
  } finally {
    Object.defineProperty(navigator, "gpu", { configurable: true, value: gpu });
  }
});
