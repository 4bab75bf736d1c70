/** What a graphics device that goes away amid training leaves, on WebGPU. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend } from "@tensorflow/tfjs-core";
import { afterAll, expect, test } from "vitest";
import { startBackend } from "../engine/backend.ts";
import { Harness, TINY } from "./testHarness.ts";

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

test("a device that is lost amid training is reported once, and the run goes on from its snapshot, bit for bit", async () => {
  const harness = new Harness();
  harness.backend = "webgpu";
  // The averaged generator is part of it.
  const config = { ...TINY, averageDecay: 0.9 };
  await harness.configure("whole", config);
  const whole = await harness.trainUntil(6, "whole");

  await harness.configure("lost", config);
  await harness.trainUntil(3, "lost");
  harness.send({ type: "train", run: "lost" });
  await harness.next("started");
  loseDevice();
  const failed = await harness.next("failed");
  expect(failed).toMatchObject({ run: "lost", code: "deviceLost", savedStep: 3 });
  expect(failed.message).toContain("The graphics device is gone at step");
  expect(failed.safe).toContain("at step 3");
  expect(failed.next).toContain("Go on from step 3");
  // What was measured is still there to be taken home.
  expect((await harness.history("lost")).step.length).toBeGreaterThanOrEqual(3);
  await aWhile();
  expect(harness.all("failed")).toHaveLength(1);

  harness.send({ type: "configure", run: "saved", config, backend: "webgpu", goesOn: true });
  expect(await harness.next("paused")).toMatchObject({ run: "saved", step: 3 });
  const ended = await harness.trainUntil(6, "saved");
  expect(ended).toMatchObject({ step: 6, fingerprints: whole.fingerprints });
  const { step } = await harness.history("saved");
  expect([...step]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(harness.all("failed")).toHaveLength(1);
});
