import { env, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, test } from "vitest";
import type { Activation } from "./activations.ts";
import { layerNorm } from "./layerNorm.ts";
import { registerLayerNorm } from "./layerNorm.wgsl.ts";
import { expectNormalized, rowsOf } from "./normalizationTesting.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerLayerNorm();
});

/** Odd and even rows, few and many, and features that do and do not fill vectors of four. */
const CASES: readonly (readonly [shape: readonly number[], activation: Activation])[] = [
  [[1, 3], { type: "linear" }],
  [[3, 7], { type: "tanh" }],
  [[7, 65], { type: "leakyReLU", alpha: 0.2 }],
  [[31, 32], { type: "sigmoid" }],
  [[33, 1, 5, 4], { type: "linear" }],
  [[65, 3, 1, 33], { type: "tanh" }],
  [[7, 31, 3, 8], { type: "leakyReLU", alpha: 0.2 }],
];

test.for(CASES)("layer norm of %o with %o is right, and so are its gradients", async ([shape, activation]) => {
  await expectNormalized({ layer: layerNorm, groups: rowsOf }, shape, activation);
});
