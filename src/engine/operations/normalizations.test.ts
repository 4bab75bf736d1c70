import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, test } from "vitest";
import { startSimd } from "../simd/index.ts";
import type { Activation } from "./activations.ts";
import { instanceNorm } from "./instanceNorm.ts";
import { layerNorm } from "./layerNorm.ts";
import { expectNormalized, instancesOf, rowsOf, type Normalization } from "./normalizationTesting.ts";

const BACKENDS = {
  cpu: () => setBackend("cpu"),
  simd: () => startSimd(),
} as const;

const NORMALIZATIONS: Readonly<Record<string, Normalization>> = {
  "layer norm": { layer: layerNorm, groups: rowsOf },
  "instance norm": { layer: instanceNorm, groups: instancesOf },
};

const CASES: readonly (readonly [shape: readonly number[], activation: Activation])[] = [
  [[1, 3, 1, 7], { type: "linear" }],
  [[3, 7, 3, 3], { type: "leakyReLU", alpha: 0.2 }],
  [[7, 1, 31, 33], { type: "tanh" }],
  [[33, 3, 1, 31], { type: "sigmoid" }],
  [[3, 33, 3, 4], { type: "reLU" }],
  [[1, 3, 7, 65], { type: "linear" }],
];

describe.for(Object.entries(BACKENDS))("on %s", ([, start]) => {
  beforeAll(async () => {
    await start();
  });

  const cases = Object.keys(NORMALIZATIONS).flatMap((name) =>
    CASES.map(([shape, activation]) => ({ name, shape, activation })),
  );

  test.for(cases)("$name of $shape with $activation is right, and so are its gradients", async (one) => {
    const normalization = NORMALIZATIONS[one.name];
    if (normalization !== undefined) await expectNormalized(normalization, one.shape, one.activation);
  });
});
