/** When a run is saved, by a clock that the test sets, and which snapshot is kept. */
import { expect, test } from "vitest";
import { present } from "../shared/invariant.ts";
import type { Snapshot } from "./run.ts";
import { SnapshotKeeper } from "./snapshotKeeper.ts";

function snapshot(step: number): Snapshot {
  const state = { variables: [], counters: {}, averages: false };
  return { step, discriminatorUpdates: step, generatorUpdates: step, state };
}

interface Reading {
  resolve(this: void, snapshot: Snapshot): void;
  reject(this: void, error: Error): void;
}

/** A keeper whose clock and device the test moves by hand. */
function setUp(last: Snapshot | null = null) {
  const readings: Reading[] = [];
  const clock = { now: 0 };
  const read = () => new Promise<Snapshot>((resolve, reject) => readings.push({ resolve, reject }));
  const keeper = new SnapshotKeeper(() => clock.now, read, last);
  const answer = async (reading: number, step: number) => {
    present(readings[reading], "a reading").resolve(snapshot(step));
    await settled();
  };
  return { clock, readings, keeper, answer };
}

/** Whatever waits for a promise that is settled has been called. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("the first snapshot is taken at once, and the next ones ten seconds apart", async () => {
  const { clock, readings, keeper, answer } = setUp();
  expect(keeper.last).toBeNull();
  for (clock.now = 0; clock.now < 30_000; clock.now += 1000) {
    const before = readings.length;
    keeper.takeWhenDue();
    if (readings.length > before) await answer(before, clock.now);
  }
  expect(readings).toHaveLength(3);
  expect(keeper.last?.step).toBe(20_000);
});

test("the one before stands until the device has answered, and an answer that comes late replaces no later one", async () => {
  const { keeper, answer } = setUp(snapshot(5));
  keeper.take();
  keeper.take();
  expect(keeper.last?.step).toBe(5);
  await answer(1, 9);
  await answer(0, 7);
  expect(keeper.last?.step).toBe(9);
});

test("a device that goes away amid a snapshot leaves the one before", async () => {
  const { keeper, readings } = setUp(snapshot(5));
  keeper.take();
  readings[0]?.reject(new Error("the device is gone"));
  await settled();
  expect(keeper.last?.step).toBe(5);
});
