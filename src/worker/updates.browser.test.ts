import { expect, test } from "vitest";
import { startBackend } from "../engine/backend.ts";
import { hasKernel } from "../engine/kernels.ts";
import { heldNow, REPLAY_CASES, trainedByHand, trainedByUpdates } from "./replayCases.ts";

await startBackend("webgpu");

// Masks of dropout come from the host, where this backend has no kernel that draws them.
const CASES = REPLAY_CASES.filter(({ name }) => name !== "dropout" || hasKernel("DuelDropoutMask"));

test.each(CASES)(
  "updates with $name on WebGPU compute when recorded what single ones do, bit for bit, and hold nothing afterwards",
  async (training) => {
    const before = heldNow()[0];
    const { numbers, refusal } = await trainedByUpdates(training);
    expect(refusal).toBeNull();
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(numbers).toEqual((await trainedByHand(training)).numbers);
    expect(heldNow()[0]).toBe(before);
  },
);
