import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import type { NetworkConfig } from "./config.ts";
import { buildNetwork, disposeNetwork, summary } from "./network.ts";
import { describeNetwork, describeNetworks } from "./networkShape.ts";
import { PRESETS, presetById } from "./presets/index.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

/** What the presets are trained on: images of MNIST, or points in the plane. */
const dataShapeOf = (dataSet: string) => (dataSet === "mnist" ? IMAGE : [2]);
const IMAGE = [28, 28, 1];

describe("a network's description", () => {
  test.for([...PRESETS])("says of the preset $id what the built networks have", ({ config }) => {
    for (const [player, inputShape] of [
      ["generator", [config.latentDim]],
      ["discriminator", dataShapeOf(config.dataSet)],
    ] as const) {
      const network = buildNetwork(player, config[player], inputShape, 1);
      const described = describeNetwork(player, config[player], inputShape);
      expect(described.layers.map(({ type, outputShape, parameters }) => ({ type, outputShape, parameters }))).toEqual(
        summary(network).layers,
      );
      disposeNetwork(network);
    }
  });

  test("counts the multiply-adds of products and convolutions, and no others", () => {
    const config = presetById("mnist-dcgan")?.config;
    const { generator, discriminator } = describeNetworks(
      config ?? { latentDim: 1, conditioning: null, generator: [], discriminator: [] },
      IMAGE,
    );
    // By hand: inputs × outputs; kernel² × channels in × channels out × places (of the input where it is transposed).
    expect(generator.layers.map(({ multiplyAdds }) => multiplyAdds)).toEqual([
      64 * 3136,
      0,
      0,
      0,
      16 * 64 * 32 * 49,
      0,
      0,
      16 * 32 * 1 * 196,
      0,
    ]);
    expect(discriminator.layers.map(({ multiplyAdds }) => multiplyAdds)).toEqual([
      16 * 1 * 32 * 196,
      0,
      16 * 32 * 64 * 49,
      0,
      0,
      0,
      3136,
    ]);
  });

  test("goes as far as the first layer that does not fit, and says why", () => {
    const network: NetworkConfig = [
      { type: "conv2d", filters: 4, kernelSize: 3, strides: 2, useBias: true },
      { type: "dense", units: 1, useBias: true },
      { type: "tanh" },
    ];
    const { layers, problem } = describeNetwork("discriminator", network, IMAGE);
    expect(layers.map(({ outputShape }) => outputShape)).toEqual([[14, 14, 4]]);
    expect(problem).toEqual({
      layerIndex: 1,
      message:
        "Layer 1 of the discriminator (dense) gets [14, 14, 4] and needs a flat input of shape [features]; put a flatten layer before it.",
    });
  });

  test("says of a network without layers that it has none", () => {
    const nothing = { latentDim: 2, conditioning: null, generator: [], discriminator: [] };
    const { generator, discriminator } = describeNetworks(nothing, [2]);
    expect(generator.problem?.message).toBe("The generator has no layers yet; add the first one.");
    expect(discriminator.problem?.message).toBe("The discriminator has no layers yet; add the first one.");
  });
});
