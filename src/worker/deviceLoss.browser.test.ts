import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend } from "@tensorflow/tfjs-core";
import { afterAll, expect, test } from "vitest";
import { startBackend } from "../engine/backend.ts";
import { Harness } from "./testHarness.ts";

afterAll(async () => {
  await startBackend("cpu");
});

/** As a driver that resets, or a laptop that changes its graphics card, would. */
function loseDevice(): void {
  const running: unknown = backend();
  if (!(running instanceof WebGPUBackend)) throw new Error("WebGPU does not run.");
  running.device.destroy();
}

/** Whatever still comes of what was under way. */
async function aWhile(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 600));
}

test("a device that is lost amid training is reported once, and another run trains on a new one", async () => {
  const harness = new Harness();
  harness.backend = "webgpu";
  await harness.configure("first");
  harness.send({ type: "train", run: "first" });
  await harness.next("progress");
  loseDevice();
  const failed = await harness.next("failed");
  expect(failed).toMatchObject({ run: "first", code: "deviceLost" });
  expect(failed.message).toContain("The graphics device is gone");
  expect(failed.safe).toContain("measurements and images on screen");
  expect(failed.next).not.toBe("");
  await aWhile();
  expect(harness.all("failed")).toHaveLength(1);

  await harness.configure("second");
  // The images went with the device; the download brings more.
  harness.download.allow(2);
  expect(await harness.trainUntil(2, "second")).toMatchObject({ step: 2, why: "reachedStep" });
  expect(harness.all("failed")).toHaveLength(1);
});
