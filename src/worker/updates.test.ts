import { beforeAll, expect, test } from "vitest";
import { startSimd } from "../engine/simd/index.ts";
import { heldNow, REPLAY_CASES, trainedByHand, trainedByUpdates } from "./replayCases.ts";

beforeAll(async () => {
  await startSimd();
});

test.each(REPLAY_CASES)("recorded updates with $name compute what single ones do, bit for bit", async (training) => {
  const { numbers, refusal } = await trainedByUpdates(training);
  expect(refusal).toBeNull();
  expect(numbers.every(Number.isFinite)).toBe(true);
  expect(numbers).toEqual((await trainedByHand(training)).numbers);
});

test.each(REPLAY_CASES)("updates with $name go on the same after somebody looked on", async (training) => {
  const { numbers } = await trainedByUpdates(training, [0, 2]);
  expect(numbers).toEqual((await trainedByUpdates(training)).numbers);
});

test.each(REPLAY_CASES)("updates with $name give back everything they held, recorded anew or not", async (training) => {
  const before = heldNow();
  for (let run = 0; run < 5; run++) await trainedByUpdates(training);
  expect(heldNow()).toEqual(before);
});
