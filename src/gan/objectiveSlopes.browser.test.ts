import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BackendError, startBackend } from "../engine/backend.ts";
import { DIGITS } from "./finiteDifferences.ts";
import { OBJECTIVES, objectiveSlopes } from "./objectiveSlopes.ts";

/** Software adapters compile a shader for each shape. */
const PATIENCE = 300_000;

/** The others run in Node, where objectiveSlopes.test.ts looks at them. */
describe.for(["webgl", "webgpu"] as const)("what the discriminator is asked for on %s", (backend) => {
  let unavailable = "";

  beforeAll(async () => {
    try {
      await startBackend(backend);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      unavailable = error.message;
      console.warn(`Skipped on ${backend}: ${unavailable}`);
    }
  }, PATIENCE);

  afterAll(async () => {
    await startBackend("cpu");
  });

  test.for(Object.keys(OBJECTIVES))(
    "has the gradient that differences show: %s",
    { timeout: PATIENCE },
    async (name, { skip }) => {
      if (unavailable !== "") skip(unavailable);
      const before = memory().numTensors;
      const { ours, expected } = await objectiveSlopes(name);
      console.info(`${backend}, ${name}: ${ours.toFixed(5)} for ${expected.toFixed(5)}`);
      expect(ours).toBeCloseTo(expected, DIGITS);
      expect(Math.abs(expected)).toBeGreaterThan(0.1);
      expect(memory().numTensors).toBe(before);
    },
  );
});
