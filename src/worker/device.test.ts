import { expect, test } from "vitest";
import type { BackendChoice, BackendReport } from "../engine/backends.ts";
import { Device } from "./device.ts";

/** A device whose backends are only pretended: what was started, what was left and lost, and how to lose each. */
function pretendedDevice() {
  const started: BackendChoice[] = [];
  const lost: string[] = [];
  const losers: ((why: string) => void)[] = [];
  const start = (choice: BackendChoice, onLost: (why: string) => void): Promise<BackendReport> => {
    started.push(choice);
    losers.push(onLost);
    return Promise.resolve({ name: choice === "auto" ? "simd" : choice, device: "pretended", reason: "" });
  };
  let left = 0;
  const device = new Device(start, (why) => lost.push(why));
  const use = (choice: BackendChoice) =>
    device.use(choice, () => {
      left += 1;
    });
  return { device, use, started, lost, losers, left: () => left };
}

test("a backend that stands is not started again, and what lies on it stays", async () => {
  const { use, started, left } = pretendedDevice();
  const first = await use("webgpu");
  expect(await use("webgpu")).toBe(first);
  expect(started).toEqual(["webgpu"]);
  expect(left()).toBe(1);
});

test("a device that is lost is told of once, and the same backend is then started anew", async () => {
  const { device, use, started, lost, losers } = pretendedDevice();
  await use("webgpu");
  expect(device.mayBeLost).toBe(true);
  losers[0]?.("a reset");
  expect(lost).toEqual(["a reset"]);
  expect([device.isLost, device.mayBeLost]).toEqual([true, false]);
  await use("webgpu");
  expect(started).toEqual(["webgpu", "webgpu"]);
  expect([device.isLost, device.mayBeLost]).toEqual([false, true]);
});

test("nobody hears of the loss of a device that was left before", async () => {
  const { device, use, lost, losers } = pretendedDevice();
  await use("webgpu");
  await use("simd");
  losers[0]?.("late");
  expect(lost).toEqual([]);
  expect([device.isLost, device.mayBeLost]).toEqual([false, false]);
});
