import { expect, test } from "vitest";
import type { FailedEvent } from "../worker/protocol.ts";
import type { RunCondition } from "./runStatus.ts";
import { describeRun } from "./runStatus.ts";

const STANDING: RunCondition = {
  phase: "ready",
  started: false,
  step: 0,
  preparation: null,
  data: null,
  failure: null,
};
const DOWNLOAD = {
  type: "dataProgress",
  run: "run-1",
  receivedBytes: 43,
  totalBytes: 100,
  availableImages: 0,
  totalImages: 60_000,
} as const;
const DAMAGED: FailedEvent = {
  type: "failed",
  run: "run-1",
  code: "dataDamaged",
  message: "A shard is damaged.",
  safe: "",
  next: "",
};

test("a run that stands at step 0 is said to be untrained", () => {
  expect(describeRun(STANDING)).toMatch(/^Ready\. Untrained/);
});

test("a run that was asked to train says how far its data is, until it starts", () => {
  const asked: RunCondition = { ...STANDING, phase: "training", data: DOWNLOAD };
  expect(describeRun(asked)).toBe("Downloading data 43 %");
  expect(describeRun({ ...asked, failure: DAMAGED })).toBe("Waiting for data: A shard is damaged.");
  expect(describeRun({ ...asked, started: true })).toBe("Downloading data 43 %");
  expect(describeRun({ ...asked, started: true, data: { ...DOWNLOAD, availableImages: 10_000 } })).toBe("Training");
});

test("a run whose kernels are compiled says how many are ready, before and after it was asked to train", () => {
  const preparation = { type: "preparation", run: "run-1", ready: 31, total: 54 } as const;
  const preparing: RunCondition = { ...STANDING, preparation };
  for (const phase of ["ready", "training", "stepping"] as const) {
    expect(describeRun({ ...preparing, phase })).toMatch(/^Preparing 31 of 54 kernels/);
  }
  expect(describeRun({ ...preparing, phase: "paused" })).toMatch(/^Paused/);
});

test("a pause names its step, and a stop its reason", () => {
  expect(describeRun({ ...STANDING, phase: "paused", step: 1234 })).toBe("Paused at step 1,234");
  const diverged: FailedEvent = { ...DAMAGED, code: "diverged", message: "The loss is NaN." };
  expect(describeRun({ ...STANDING, phase: "stopped", failure: diverged })).toBe("Stopped: The loss is NaN.");
});
