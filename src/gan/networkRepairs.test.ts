import { describe, expect, test } from "vitest";
import type { NetworkConfig } from "./config.ts";
import { repairNetwork } from "./networkRepairs.ts";
import { describeNetworks } from "./networkShape.ts";
import { TEMPLATES } from "./templates.ts";

const IMAGE = [28, 28, 1];
const UNTOLD = { conditioning: null } as const;
const MLP = { ...TEMPLATES.mlp.make(IMAGE), ...UNTOLD };
const DCGAN = { ...TEMPLATES.dcgan.make(IMAGE), ...UNTOLD };

const without = (network: NetworkConfig, type: string) => network.filter((layer) => layer.type !== type);
const denseAs = (network: NetworkConfig, index: number, units: number): NetworkConfig =>
  network.map((layer, at) => (at === index && layer.type === "dense" ? { ...layer, units } : layer));

describe("repairs", () => {
  test.for([
    [
      "a discriminator without flatten",
      "discriminator",
      without(DCGAN.discriminator, "flatten"),
      "Insert a flatten before layer 5",
    ],
    [
      "a generator without reshape at its end",
      "generator",
      without(MLP.generator, "reshape"),
      "Append a reshape to 28 × 28 × 1",
    ],
    [
      "a generator without reshape amid",
      "generator",
      without(DCGAN.generator, "reshape"),
      "Insert a reshape to 7 × 7 × 64 before layer 3",
    ],
    [
      "a dense layer of the wrong size before a reshape",
      "generator",
      denseAs(MLP.generator, 4, 100),
      "Give layer 4 784 units",
    ],
    ["a discriminator of several scores", "discriminator", denseAs(MLP.discriminator, 5, 3), "Give layer 5 1 unit"],
    [
      "a discriminator that ends early",
      "discriminator",
      MLP.discriminator.slice(0, -1),
      "Append a dense layer of one unit",
    ],
    [
      "a discriminator that ends in an image",
      "discriminator",
      DCGAN.discriminator.slice(0, 5),
      "Append a flatten and a dense layer of one unit",
    ],
    [
      "a discriminator that ends in a probability",
      "discriminator",
      [...MLP.discriminator, { type: "sigmoid" }],
      "Remove the last layer (sigmoid)",
    ],
    ["a generator without layers", "generator", [], "Append a dense layer and a reshape to 28 × 28 × 1"],
  ] as const)("mend %s", ([, player, network, label]) => {
    const config = { ...(network === MLP[player] ? MLP : DCGAN), ...{ [player]: network } };
    const [nearest] = repairNetwork(player, config, IMAGE);
    expect(nearest?.label).toBe(label);
    expect(describeNetworks({ ...config, [player]: nearest?.network ?? [] }, IMAGE)[player].problem).toBeNull();
  });

  test("bring networks for one shape of data to another", () => {
    for (const [from, to] of [
      [
        [28, 28, 1],
        [32, 32, 3],
      ],
      [
        [32, 32, 3],
        [64, 64, 3],
      ],
      [[28, 28, 1], [2]],
    ] as const) {
      const config = { ...TEMPLATES.dcgan.make(from), ...UNTOLD };
      const [nearest] = repairNetwork("generator", config, to);
      expect(describeNetworks({ ...config, generator: nearest?.network ?? [] }, to).generator.problem).toBeNull();
    }
  });

  test("mend networks that are told classes", () => {
    const config = {
      ...DCGAN,
      conditioning: { type: "projection" },
      discriminator: without(DCGAN.discriminator, "flatten"),
    } as const;
    const [nearest] = repairNetwork("discriminator", config, IMAGE, 10);
    const mended = { ...config, discriminator: nearest?.network ?? [] };
    expect(describeNetworks(mended, IMAGE, 10).discriminator.problem).toBeNull();
  });

  test("are not offered where nothing is wrong", () => {
    expect(repairNetwork("generator", MLP, IMAGE)).toEqual([]);
    expect(repairNetwork("discriminator", MLP, IMAGE)).toEqual([]);
  });

  test("lead out of any broken network within a few presses", () => {
    for (const player of ["generator", "discriminator"] as const) {
      for (const index of DCGAN[player].keys()) {
        let config = { ...DCGAN, [player]: DCGAN[player].toSpliced(index, 1) };
        for (let press = 0; press < 6; press++) {
          const [nearest] = repairNetwork(player, config, IMAGE);
          if (nearest !== undefined) config = { ...config, [player]: nearest.network };
        }
        expect(describeNetworks(config, IMAGE)[player].problem).toBeNull();
      }
    }
  });
});
