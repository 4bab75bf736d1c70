import { memory, tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BackendError, startBackend } from "../engine/backend.ts";
import { BACKENDS, type BackendName } from "../engine/backends.ts";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { uniform } from "../shared/random.ts";
import { DEFAULT_CONFIG, type TrainingConfig } from "./config.ts";
import { createGan, type Gan } from "./gan.ts";
import { updateDiscriminator, updateGenerator } from "./trainStep.ts";

const SHAPE = [4, 4, 1];
const BATCH = 4;
/** Software adapters take a millisecond and more for each of a step's many small operations. */
const PATIENCE = 300_000;

/** The smallest GAN with running statistics, random masks and moments of Adam. */
const CONFIG: TrainingConfig = {
  ...DEFAULT_CONFIG,
  batchSize: BATCH,
  latentDim: 3,
  generator: [
    { type: "dense", units: 16, useBias: false },
    { type: "batchNorm" },
    { type: "reshape", targetShape: SHAPE },
  ],
  discriminator: [{ type: "flatten" }, { type: "dropout", rate: 0.25 }, { type: "dense", units: 1, useBias: false }],
  loss: "hinge",
  labelSmoothing: 1,
  optimizer: {
    generator: { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999 },
    discriminator: { type: "sgd", learningRate: 1e-3, momentum: 0 },
  },
};

async function read(result: Tensor1D): Promise<readonly number[]> {
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

async function step(gan: Gan, update: number): Promise<readonly number[]> {
  const real = tensor(uniform({ seed: 1, stream: "batches", draw: update }, BATCH * 16), [BATCH, ...SHAPE]);
  const z = randomLatents({ seed: 1, stream: "discriminatorLatents", draw: update }, BATCH, CONFIG.latentDim);
  const key = { seed: 1, update };
  const told = await read(updateDiscriminator(gan, { real, z, epsilon: null }, CONFIG, key));
  const fooled = await read(updateGenerator(gan, { z }, CONFIG, key));
  real.dispose();
  z.dispose();
  return [...told, ...fooled];
}

/** Tensors and bytes of TensorFlow.js, and of the graphics card where the backend counts them. */
function held() {
  const { numTensors, numDataBuffers, numBytes, ...backend } = memory() as ReturnType<typeof memory> & {
    readonly numBytesInGPU?: number;
  };
  return { numTensors, numDataBuffers, numBytes, numBytesInGPU: backend.numBytesInGPU ?? 0 };
}

describe.for(Object.keys(BACKENDS) as BackendName[])("memory on %s", (backend) => {
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

  test("stays flat over 20 steps", { timeout: PATIENCE }, async ({ skip }) => {
    if (unavailable !== "") skip(unavailable);
    const gan = createGan(CONFIG, SHAPE, 1);
    // Shaders and pools of buffers come with the first steps.
    for (let update = 0; update < 3; update++) await step(gan, update);
    const before = held();
    let last: readonly number[] = [];
    for (let update = 3; update < 23; update++) last = await step(gan, update);
    expect(held()).toEqual(before);
    expect(last.every(Number.isFinite)).toBe(true);
    gan.dispose();
  });

  test("is all given back by five GANs", { timeout: PATIENCE }, async ({ skip }) => {
    if (unavailable !== "") skip(unavailable);
    const before = held();
    for (let seed = 0; seed < 5; seed++) {
      const gan = createGan(CONFIG, SHAPE, seed);
      await step(gan, 0);
      gan.dispose();
    }
    expect(held()).toEqual(before);
  });
});
