import { memory, setBackend, tensor1d, tensor2d, tidy, type Variable } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { startSimd } from "../engine/simd/index.ts";
import { randomLatents } from "../engine/operations/randomDraws.ts";
import { present } from "../shared/invariant.ts";
import { advanceAverage, createAverage, disposeAverage, moveAverage, type Average } from "./average.ts";
import { DEFAULT_CONFIG, type TrainingConfig } from "./config.ts";
import { createGan, setAveraging, shownGenerator } from "./gan.ts";
import { buildNetwork, disposeNetwork, type Network } from "./network.ts";
import { generate, updateGenerator } from "./trainStep.ts";

// A few roundings of float32 of numbers near 1.
const DIGITS = 6;
/** What the one kernel holds after each update. */
const HISTORY = [
  [1, -2],
  [3, 0.5],
  [-1, 4],
  [2, 2],
] as const;

let network: Network;
let kernel: Variable;

function start(): void {
  network = buildNetwork("generator", [{ type: "dense", units: 2, useBias: false }, { type: "batchNorm" }], [1], 1);
  kernel = present(network.weights.get("0.kernel"), "the kernel");
}

/** Takes in what the kernel held, with a decay for each update. */
function average(decays: readonly number[]): Average {
  const state = createAverage(network);
  for (const [index, decay] of decays.entries()) {
    tidy(() => {
      kernel.assign(tensor2d([...present(HISTORY[index], "an update")], [1, 2]));
    });
    advanceAverage(state, decay);
    moveAverage(state, network);
  }
  return state;
}

function kernelOf({ network: { weights } }: Average): readonly number[] {
  return [...present(weights.get("0.kernel"), "the averaged kernel").dataSync()];
}

/** Σ decayᵗ⁻ⁱ · xᵢ / Σ decayᵗ⁻ⁱ for each number, in float64. */
function weighted(decay: number): readonly number[] {
  const shares = HISTORY.map((_, index) => decay ** (HISTORY.length - 1 - index));
  const total = shares.reduce((sum, share) => sum + share);
  return [0, 1].map((lane) => HISTORY.reduce((sum, x, i) => sum + ((shares[i] ?? NaN) * (x[lane] ?? NaN)) / total, 0));
}

describe.for(["cpu", "simd"])("the average of the generator's weights on %s", (backend) => {
  beforeAll(async () => {
    if (backend === "simd") await startSimd();
    else await setBackend("cpu");
  });
  afterEach(() => {
    disposeNetwork(network);
  });

  test("weighs later updates more, by powers of the decay, and forgets the start", () => {
    start();
    const state = average([0.8, 0.8, 0.8, 0.8]);
    for (const [lane, value] of weighted(0.8).entries()) expect(kernelOf(state)[lane]).toBeCloseTo(value, DIGITS);
    // The weights themselves stay what they are.
    expect([...kernel.dataSync()]).toEqual([2, 2]);
    disposeAverage(state);
  });

  test("is the weights themselves after the first update", () => {
    start();
    const state = average([0.999]);
    expect(kernelOf(state)).toEqual([1, -2]);
    disposeAverage(state);
  });

  test("takes in running statistics, too, and gives everything back", () => {
    start();
    const before = memory().numTensors;
    const state = createAverage(network);
    const running = present(network.weights.get("1.movingVariance"), "the running variance");
    for (const value of [4, 8]) {
      tidy(() => {
        running.assign(tensor1d([value, value]));
      });
      advanceAverage(state, 0.5);
      moveAverage(state, network);
    }
    const averaged = present(state.network.weights.get("1.movingVariance"), "the averaged variance");
    // (0.5 · 4 + 8) / 1.5
    for (const value of averaged.dataSync()) expect(value).toBeCloseTo(20 / 3, 5);
    disposeAverage(state);
    expect(memory().numTensors).toBe(before);
  });
});

describe("a GAN with an average", () => {
  const config: TrainingConfig = {
    ...DEFAULT_CONFIG,
    latentDim: 2,
    generator: [{ type: "dense", units: 3, useBias: true }],
    discriminator: [{ type: "dense", units: 1, useBias: true }],
    averageDecay: 0.9,
  };

  beforeAll(async () => {
    await setBackend("cpu");
  });

  test("shows the images of the average, or of the latest weights, as it is asked to", () => {
    const before = memory().numTensors;
    const gan = createGan(config, [3], 1);
    const z = randomLatents({ seed: 1, stream: "probe", draw: 0 }, 4, 2);
    for (let update = 0; update < 3; update++) updateGenerator(gan, { z }, config, { seed: 1, update }).dispose();
    const imagesNow = () => {
      const images = generate(gan, z);
      const values = [...images.dataSync()];
      images.dispose();
      return values;
    };
    const averaged = imagesNow();
    gan.showsAverage = false;
    const latest = imagesNow();
    expect(latest).not.toEqual(averaged);
    gan.showsAverage = true;
    setAveraging(gan, false);
    expect(shownGenerator(gan)).toBe(gan.generator);
    expect(imagesNow()).toEqual(latest);
    gan.dispose();
    z.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
