import { expect, test } from "vitest";
import type { QualityReading } from "../metrics/quality.ts";
import { QualityWatch } from "./qualityWatch.ts";

const PORTIONS = 5;

/** A watch over measurements of five portions, each of which takes that long by the test's own clock. */
function startWatch({ share = 0.5, portion = 2, ready = true, fails = false }) {
  const state = { time: 0, share, ready, begun: 0, left: 0, measured: 0 };
  const readings: number[] = [];
  async function* measure(number: number) {
    let finished = false;
    try {
      for (let done = 0; done < PORTIONS; done++) {
        await Promise.resolve();
        state.time += portion;
        state.measured += portion;
        if (fails) throw new Error("no measurement");
        yield;
      }
      finished = true;
      return { step: number } as QualityReading;
    } finally {
      if (!finished) state.left += 1;
    }
  }
  const watch = new QualityWatch({
    share: () => state.share,
    begin: () => (state.ready ? measure(++state.begun) : null),
    onReading: ({ step }) => readings.push(step),
    now: () => state.time,
  });
  const train = async (milliseconds: number): Promise<void> => {
    state.time += milliseconds;
    await watch.advance(milliseconds);
  };
  return { watch, state, readings, train };
}

test("takes its share of the time, and one portion more at most", async () => {
  const { state, train } = startWatch({ share: 0.25 });
  for (let step = 0; step < 300; step++) await train(1);
  // A quarter of the whole is a third of the training.
  expect(state.measured).toBeGreaterThanOrEqual(100);
  expect(state.measured).toBeLessThanOrEqual(102);
});

test("tells every reading once, and begins the next measurement after it", async () => {
  const { state, readings, train } = startWatch({});
  for (let step = 0; step < 40; step++) await train(1);
  expect(readings).toEqual([1, 2, 3]);
  expect(state.begun).toBe(4);
});

test("waits until the run can be measured, and has not saved up more than a tenth of a second by then", async () => {
  const { state, train } = startWatch({ ready: false, portion: 1 });
  for (let step = 0; step < 5; step++) await train(1000);
  expect(state.measured).toBe(0);
  state.ready = true;
  for (let step = 0; step < 30; step++) await train(0);
  expect(state.measured).toBe(100);
});

test("takes no turn longer than ten milliseconds and a portion", async () => {
  const { state, train } = startWatch({ portion: 4 });
  await train(1000);
  expect(state.measured).toBe(12);
});

test("leaves a measurement that is switched off, and measures nothing more", async () => {
  const { state, readings, train } = startWatch({});
  await train(1);
  state.share = 0;
  for (let step = 0; step < 20; step++) await train(1);
  expect(state).toMatchObject({ begun: 1, left: 1, measured: 2 });
  expect(readings).toEqual([]);
});

test("passes a failure on, and begins anew when it is advanced again", async () => {
  const { state, train } = startWatch({ fails: true });
  await expect(train(1)).rejects.toThrow("no measurement");
  await expect(train(10)).rejects.toThrow("no measurement");
  expect(state.begun).toBe(2);
});
