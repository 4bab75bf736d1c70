import { env, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, test } from "vitest";
import type { Activation } from "./activations.ts";
import { instanceNorm } from "./instanceNorm.ts";
import { registerInstanceNorm } from "./instanceNorm.wgsl.ts";
import { expectNormalized, instancesOf } from "./normalizationTesting.ts";

beforeAll(async () => {
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  registerInstanceNorm();
});

/** Odd and even items, and channels that do and do not fill vectors of four. */
const CASES: readonly (readonly [shape: readonly number[], activation: Activation])[] = [
  [[1, 3, 3, 3], { type: "linear" }],
  [[3, 7, 1, 33], { type: "sigmoid" }],
  [[7, 31, 3, 1], { type: "tanh" }],
  [[33, 1, 65, 4], { type: "leakyReLU", alpha: 0.2 }],
  [[4, 9, 2, 32], { type: "linear" }],
];

test.for(CASES)("instance norm of %o with %o is right, and so are its gradients", async ([shape, activation]) => {
  await expectNormalized({ layer: instanceNorm, groups: instancesOf }, shape, activation);
});
