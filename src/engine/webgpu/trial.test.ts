/** Which kernel a trial takes, and how long it takes, on a device whose clock the test moves. */
import { expect, test } from "vitest";
import { tilesFor, TILES } from "./tiles.ts";
import { Trials, type Candidate } from "./trial.ts";

/** A device on which each candidate takes some milliseconds a run, more at its first run. */
function device(firstMilliseconds = 0) {
  const clock = { now: 0, runs: 0 };
  const taking = (milliseconds: number): Candidate => {
    let isFirst = true;
    return (repetitions) => {
      clock.now += milliseconds * repetitions + (isFirst ? firstMilliseconds : 0);
      clock.runs += repetitions;
      isFirst = false;
      return Promise.resolve();
    };
  };
  return { clock, taking, trials: new Trials(() => clock.now) };
}

test("the fastest candidate is taken, whatever each took the first time", async () => {
  const { taking, trials } = device(50);
  expect(await trials.fastestOf([taking(2), taking(1), taking(1.5)])).toBe(1);
});

test("the first candidate is kept unless another is clearly faster", async () => {
  const { taking, trials } = device();
  expect(await trials.fastestOf([taking(2), taking(1.95), taking(3)])).toBe(0);
  expect(await trials.fastestOf([taking(2), taking(2), taking(1.8)])).toBe(2);
  expect(await trials.fastestOf([taking(2)])).toBe(0);
});

test("a kernel of a few microseconds is run often enough to be told from another", async () => {
  const { clock, taking, trials } = device();
  expect(await trials.fastestOf([taking(0.004), taking(0.002)])).toBe(1);
  // Twice once, then three times 64, for each of both.
  expect(clock.runs).toBe(2 * (2 + 3 * 64));
});

test("all trials together end in time, and what is not measured keeps its usual form", async () => {
  const { clock, taking, trials } = device();
  const choices: number[] = [];
  for (let kernel = 0; kernel < 100; kernel++) choices.push(await trials.fastestOf([taking(8), taking(2)]));
  // 50 ms for each kernel, so eight of them fit.
  expect(choices.filter((choice) => choice === 1)).toHaveLength(8);
  expect(choices.slice(8).every((choice) => choice === 0)).toBe(true);
  expect(clock.now).toBe(400);
});

test("a kernel that takes longer than all trials may is run once and kept", async () => {
  const { clock, taking, trials } = device();
  expect(await trials.fastestOf([taking(1000), taking(1)])).toBe(0);
  expect(clock.now).toBe(1000);
});

test("a processor that plays a graphics card has one tile, and so have kernels too small to tell", () => {
  expect(tilesFor("software", 1e9)).toEqual([TILES.software]);
  expect(tilesFor("hardware", 1e3)).toEqual([TILES.hardware]);
  const tried = tilesFor("hardware", 1e9);
  expect(tried[0]).toBe(TILES.hardware);
  expect(tried.length).toBeGreaterThan(1);
});
