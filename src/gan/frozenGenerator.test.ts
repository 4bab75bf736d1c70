import { memory, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { MNIST_MLP_BATCH_NORM } from "./presets/mnistMlpBatchNorm.ts";
import { freezeGenerator } from "./frozenGenerator.ts";
import { createGan } from "./gan.ts";
import { generate, updateGenerator } from "./trainStep.ts";

test("a frozen generator paints what the generator painted then, while that one learns on", async () => {
  await setBackend("cpu");
  const config = { ...MNIST_MLP_BATCH_NORM.config, averageDecay: null };
  const gan = createGan(config, [28, 28, 1], 1);
  const z = randomLatents({ seed: 1, stream: "quality", draw: 0 }, 4, config.latentDim);
  const numbersOf = (images: ReturnType<typeof generate>) => {
    const numbers = [...images.dataSync()];
    images.dispose();
    return numbers;
  };
  updateGenerator(gan, { z }, config, { seed: 1, update: 0 }).dispose();
  const then = numbersOf(generate(gan, z));
  const before = memory().numTensors;
  const frozen = freezeGenerator(gan);
  for (let update = 1; update < 4; update++) updateGenerator(gan, { z }, config, { seed: 1, update }).dispose();
  expect(numbersOf(frozen.images(z))).toEqual(then);
  expect(numbersOf(generate(gan, z))).not.toEqual(then);
  frozen.dispose();
  expect(memory().numTensors).toBe(before);
  z.dispose();
  gan.dispose();
});
