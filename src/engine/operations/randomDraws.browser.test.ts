import { env, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { normal, uniform } from "../../shared/random.ts";
import { createLiveNumbers, type LiveNumbers } from "../liveNumbers.ts";
import { DRAW_LIVE, interpolationWeights, randomLatents } from "./randomDraws.ts";
import { registerRandomDraws } from "./randomDraws.wgsl.ts";

let live: LiveNumbers<"seed" | "draw">;

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerRandomDraws();
  live = createLiveNumbers(DRAW_LIVE);
});

const KEYS = [
  { seed: 1, draw: 0 },
  { seed: 4294967295, draw: 16777217 },
];

test.for(KEYS)("uniform numbers of seed $seed, draw $draw are those of the host, bit for bit", async (key) => {
  live.set(key);
  const drawn = interpolationWeights({ stream: "interpolation", live }, 37);
  expect(await drawn.data()).toEqual(uniform({ ...key, stream: "interpolation" }, 37));
  drawn.dispose();
});

test.for(KEYS)("normal numbers of seed $seed, draw $draw are those of the host", async (key) => {
  live.set(key);
  const drawn = randomLatents({ stream: "discriminatorLatents", live }, 7, 31);
  const expected = normal({ ...key, stream: "discriminatorLatents" }, 7 * 31);
  const actual = await drawn.data<"float32">();
  // WGSL allows a logarithm near 0 an absolute error of 2⁻²¹, of which a small radius takes a root.
  for (const [index, value] of actual.entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 4);
  drawn.dispose();
});
