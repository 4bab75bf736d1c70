import {
  dispose,
  env,
  memory,
  setBackend,
  tensor1d,
  tidy,
  variable,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { normal } from "../../shared/random.ts";
import { createLiveNumbers } from "../liveNumbers.ts";
import { registerUpdates } from "../optimizers/updates.wgsl.ts";
import { BLEND_LIVE, blend, blendTogether } from "./blend.ts";
import { registerBlend } from "./blend.wgsl.ts";
import { liveScalar } from "./liveScalar.ts";
import { registerLiveScalar } from "./liveScalar.wgsl.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerBlend();
  registerLiveScalar();
  registerUpdates();
});

const SIZES = [1, 3, 7, 31, 33, 64, 65];
const [KEEP, TAKE] = [0.9, 0.1];

const WAYS = {
  "by fixed numbers": (targets: readonly Variable[], sources: readonly Tensor[]) => {
    for (const [index, target] of targets.entries()) blend(target, sources[index] ?? target, KEEP, TAKE);
  },
  "all at once by live numbers": (targets: readonly Variable[], sources: readonly Tensor[]) => {
    const live = createLiveNumbers(BLEND_LIVE);
    live.set({ keep: KEEP, take: TAKE });
    blendTogether(targets, sources, live);
    live.dispose();
  },
} as const;

test.for(Object.entries(WAYS))("numbers are blended in place on WebGPU %s as in float64", async ([, blendAll]) => {
  const numbers = (draw: number) =>
    SIZES.map((size, key) => normal({ seed: draw, stream: "samples", draw: key }, size));
  const [before, sources] = [numbers(1), numbers(2)];
  const targets = before.map((values) => tidy(() => variable(tensor1d(values), false)));
  const given = sources.map((values) => tensor1d(values));
  const held = memory().numTensors;
  blendAll(targets, given);
  expect(memory().numTensors).toBe(held);
  for (const [index, target] of targets.entries()) {
    const actual = await target.data();
    for (const [place, value] of (before[index] ?? []).entries()) {
      // Two roundings of 6e-8 of numbers below 4.
      expect(actual[place]).toBeCloseTo(KEEP * value + TAKE * (sources[index]?.[place] ?? NaN), 6);
    }
  }
  dispose([...targets, ...given]);
});

test("a live number is on WebGPU what the host wrote last", async () => {
  const live = createLiveNumbers(BLEND_LIVE);
  for (const take of [0.25, -3]) {
    live.set({ keep: 7, take });
    const read = liveScalar(live, "take");
    expect([...(await read.data())]).toEqual([take]);
    read.dispose();
  }
  live.dispose();
});
