import { env, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { beforeAll, expect, test } from "vitest";
import { uniform } from "../../shared/random.ts";
import { createLiveNumbers, type LiveNumbers } from "../liveNumbers.ts";
import { DRAW_LIVE } from "./randomDraws.ts";
import { randomLabels } from "./randomLabels.ts";
import { registerRandomLabels } from "./randomLabels.wgsl.ts";

let live: LiveNumbers<"seed" | "draw">;

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerRandomLabels();
  live = createLiveNumbers(DRAW_LIVE);
});

test.for([
  [1, 3],
  [3, 1],
  [33, 7],
  [65, 10],
] as const)("labels of %i items in %i classes drawn on WebGPU are those of the host", async ([count, classes]) => {
  for (const key of [
    { seed: 3, draw: 0 },
    { seed: 4294967295, draw: 16777217 },
  ]) {
    live.set(key);
    const drawn = randomLabels({ stream: "generatorLabels", live }, count, classes);
    expect(drawn.shape).toEqual([count, classes]);
    const draws = uniform({ ...key, stream: "generatorLabels" }, count);
    const expected = [...draws].flatMap((draw) =>
      Array.from({ length: classes }, (_, label) => (label === Math.floor(draw * classes) ? 1 : 0)),
    );
    expect([...(await drawn.data())]).toEqual(expected);
    drawn.dispose();
  }
});
