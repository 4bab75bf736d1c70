import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../src/gan/config.ts";
import type { TrainingConfig } from "../src/gan/config.ts";
import { flopOfStep } from "./flop.ts";

const TINY: TrainingConfig = {
  ...DEFAULT_CONFIG,
  batchSize: 1,
  latentDim: 2,
  generator: [{ type: "dense", units: 3, useBias: true }, { type: "tanh" }],
  discriminator: [{ type: "dense", units: 1, useBias: true }],
};

test("a step of two single layers is counted by hand", () => {
  // G has 6 multiply-adds, D has 3. D's update: 6 forward through G, and twice 3 forward and 3 for the weights. G's
  // update: 6 and 3 forward, 3 for D's input, 6 for G's weights.
  expect(flopOfStep(TINY, [3])).toBe(2 * (6 + 2 * (3 + 3) + 6 + 3 + 3 + 6));
});

test("twice the batch is twice the work, and a second discriminator step adds an update of D alone", () => {
  expect(flopOfStep({ ...TINY, batchSize: 2 }, [3])).toBe(2 * flopOfStep(TINY, [3]));
  expect(flopOfStep({ ...TINY, discriminatorSteps: 2 }, [3])).toBe(flopOfStep(TINY, [3]) + 2 * (6 + 2 * (3 + 3)));
});

test("gradients go on through inner layers", () => {
  const deeper: TrainingConfig = {
    ...TINY,
    discriminator: [{ type: "dense", units: 5, useBias: true }, ...TINY.discriminator],
  };
  // D has 15 + 5 multiply-adds, of which 5 have an input gradient of their own in both of D's passes, 20 in G's update.
  expect(flopOfStep(deeper, [3])).toBe(2 * (6 + 2 * (20 + 20 + 5) + 6 + 20 + 20 + 6));
});

test("a convolution is counted at its outputs, a transposed one at its inputs", () => {
  const convolution = { filters: 3, kernelSize: 4, strides: 2, useBias: false };
  const config: TrainingConfig = {
    ...TINY,
    latentDim: 49,
    generator: [
      { type: "reshape", targetShape: [7, 7, 1] },
      { type: "conv2dTranspose", ...convolution },
    ],
    discriminator: [
      { type: "conv2d", ...convolution },
      { type: "flatten" },
      { type: "dense", units: 1, useBias: true },
    ],
  };
  const G = 7 * 7 * 4 * 4 * 3;
  const first = 7 * 7 * 4 * 4 * 3 * 3;
  const D = first + 147;
  expect(flopOfStep(config, [14, 14, 3])).toBe(2 * (G + 2 * (D + D + 147) + G + D + D + G));
});
