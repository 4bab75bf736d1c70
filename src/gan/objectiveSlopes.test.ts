import { memory, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../engine/simd/index.ts";
import { DIGITS } from "./finiteDifferences.ts";
import { OBJECTIVES, objectiveSlopes } from "./objectiveSlopes.ts";

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

describe.for(Object.entries(BACKENDS))("what the discriminator is asked for on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  test.for(Object.keys(OBJECTIVES))("has the gradient that differences show: %s", async (name) => {
    const before = memory().numTensors;
    const { ours, expected } = await objectiveSlopes(name);
    expect(ours).toBeCloseTo(expected, DIGITS);
    expect(Math.abs(expected)).toBeGreaterThan(0.1);
    expect(memory().numTensors).toBe(before);
  });
});
