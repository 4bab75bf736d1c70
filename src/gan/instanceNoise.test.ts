import { grad, mean, setBackend, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, describe, expect, test } from "vitest";
import { createLiveNumbers } from "../engine/liveNumbers.ts";
import { DEFAULT_CONFIG, type Config } from "./config.ts";
import { drawForDiscriminator, drawForGenerator } from "./draws.ts";
import { along, derivative, DIGITS, draw, drawDirection } from "./finiteDifferences.ts";
import { createGan } from "./gan.ts";
import { blurred, NOISE_LIVE } from "./instanceNoise.ts";
import { buildNetwork, disposeNetwork, EVALUATION, forward } from "./network.ts";
import { computeDiscriminator, computeGenerator, prepareDiscriminator, prepareGenerator } from "./trainStep.ts";

const SHAPE = [3];
const KEY = { seed: 4, update: 2 };

const CONFIG: Config = {
  ...DEFAULT_CONFIG,
  batchSize: 4,
  latentDim: 2,
  generator: [{ type: "dense", units: 3, useBias: true }],
  discriminator: [{ type: "dense", units: 1, useBias: true }],
  loss: "wasserstein",
};

beforeAll(async () => {
  await setBackend("cpu");
});

function noiseOf(deviation: number) {
  const live = createLiveNumbers(NOISE_LIVE);
  live.set({ deviation });
  return live;
}

describe("instance noise", () => {
  test("adds to every number its own share of the deviation", () => {
    const [data, noise] = [
      [0.5, -1, 0.25, 1],
      [1, -2, 0, 0.5],
    ] as const;
    const sum = tidy(() => [...blurred(tensor([...data]), tensor([...noise]), noiseOf(0.3)).dataSync()]);
    // One rounding of float32 to each sum and product.
    for (const [index, value] of sum.entries()) {
      expect(value).toBeCloseTo((data[index] ?? NaN) + 0.3 * (noise[index] ?? NaN), 6);
    }
  });

  test("hands a gradient on to the data that it blurs, at the blurred place", () => {
    const live = noiseOf(0.3);
    const network = buildNetwork(
      "discriminator",
      [{ type: "dense", units: 5, useBias: true }, { type: "tanh" }, { type: "dense", units: 1, useBias: true }],
      SHAPE,
      1,
    );
    const [noise, direction, start] = [draw(1, [2, 3]), drawDirection(2, [2, 3]), draw(3, [2, 3])];
    const judged = (x: Tensor) => mean(forward(network, blurred(x, noise, live), EVALUATION));
    const gradient = grad(judged)(start);
    expect(along(gradient, direction)).toBeCloseTo(derivative(judged, start, direction), DIGITS);
    disposeNetwork(network);
  });

  test("moves what a linear critic says by its mean over the noise, for both players", () => {
    const measured = (instanceNoise: number | null) => {
      const config = { ...CONFIG, instanceNoise };
      const gan = createGan(config, SHAPE, 1);
      const weights = [...(gan.discriminator.weights.get("0.kernel")?.dataSync() ?? [])];
      // What a linear critic says of noise alone, on average over the batch.
      const saidOf = (noise: Tensor | null | undefined) =>
        (instanceNoise ?? 0) *
        [...(noise?.dataSync() ?? [])].reduce((sum, n, index) => sum + (n * (weights[index % 3] ?? NaN)) / 4, 0);
      return tidy(() => {
        prepareGenerator(gan, config, KEY);
        const forGenerator = drawForGenerator(gan);
        const noiseOfGenerator = saidOf(forGenerator.noise);
        prepareDiscriminator(gan, config, KEY);
        const forDiscriminator = drawForDiscriminator(gan);
        const noiseOfDiscriminator = saidOf(forDiscriminator.noise) - saidOf(forDiscriminator.realNoise);
        const told = computeDiscriminator(gan, { real: draw(5, [4, 3]), ...forDiscriminator }).dataSync()[0] ?? NaN;
        gan.dispose();
        const twin = createGan(config, SHAPE, 1);
        prepareGenerator(twin, config, KEY);
        const fooled = computeGenerator(twin, forGenerator).dataSync()[0] ?? NaN;
        twin.dispose();
        return { told, fooled, noiseOfDiscriminator, noiseOfGenerator };
      });
    };
    const [clear, noisy] = [measured(null), measured(0.4)];
    expect(Math.abs(noisy.noiseOfDiscriminator)).toBeGreaterThan(0.01);
    expect(noisy.told - clear.told).toBeCloseTo(noisy.noiseOfDiscriminator, 5);
    expect(noisy.fooled - clear.fooled).toBeCloseTo(-noisy.noiseOfGenerator, 5);
  });
});
