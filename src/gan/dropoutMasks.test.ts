import { setBackend, tensor, tidy } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { batchesGoTogether } from "../engine/kernels.ts";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { startSimd } from "../engine/simd/index.ts";
import { uniform } from "../shared/random.ts";
import { DEFAULT_CONFIG, type TrainingConfig } from "./config.ts";
import { createGan } from "./gan.ts";
import { updateDiscriminator, updateGenerator } from "./trainStep.ts";

const SHAPE = [4, 4, 1];
const BATCH = 5;

const CONFIG: TrainingConfig = {
  ...DEFAULT_CONFIG,
  batchSize: BATCH,
  latentDim: 3,
  generator: [
    { type: "dense", units: 16, useBias: true },
    { type: "dropout", rate: 0.25 },
    { type: "reshape", targetShape: SHAPE },
  ],
  discriminator: [
    { type: "flatten" },
    { type: "dropout", rate: 0.3 },
    { type: "dense", units: 7, useBias: true },
    { type: "tanh" },
    { type: "dropout", rate: 0.5 },
    { type: "dense", units: 1, useBias: true },
  ],
  loss: "nonSaturating",
  labelSmoothing: 1,
  optimizer: {
    generator: { type: "sgd", learningRate: 0.1, momentum: 0.5 },
    discriminator: { type: "sgd", learningRate: 0.1, momentum: 0.5 },
  },
};

/** What three steps measure on the backend that runs. */
function measured(): readonly number[] {
  const gan = createGan(CONFIG, SHAPE, 1);
  const numbers = Array.from({ length: 3 }, (_, update) => {
    const key = { seed: 1, update };
    const told = tidy(() => {
      const real = tensor(uniform({ seed: 1, stream: "batches", draw: update }, BATCH * 16), [BATCH, ...SHAPE]);
      const z = randomLatents({ seed: 1, stream: "discriminatorLatents", draw: update }, BATCH, CONFIG.latentDim);
      return [...updateDiscriminator(gan, { real, z, epsilon: null }, CONFIG, key).dataSync()];
    });
    const fooled = tidy(() => {
      const z = randomLatents({ seed: 1, stream: "generatorLatents", draw: update }, BATCH, CONFIG.latentDim);
      return [...updateGenerator(gan, { z }, CONFIG, key).dataSync()];
    });
    return [...told, ...fooled];
  });
  gan.dispose();
  return numbers.flat();
}

test("real and fake images lose the same numbers in one pass through the discriminator as in two", async () => {
  await setBackend("cpu");
  expect(batchesGoTogether()).toBe(false);
  const apart = measured();
  await startSimd();
  expect(batchesGoTogether()).toBe(true);
  const together = measured();
  expect(together.length).toBe(apart.length);
  // Three steps of float32 rounding; another mask moves a loss by percents.
  for (const [index, number] of apart.entries()) expect(together[index]).toBeCloseTo(number, 5);
});
