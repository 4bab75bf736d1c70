/** Every preset, in the order of the menu. Adding one is a file beside this one and a line here. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { MNIST_MLP } from "./mnistMlp.ts";
import { MNIST_MLP_BATCH_NORM } from "./mnistMlpBatchNorm.ts";
import { POINTS_EIGHT_GAUSSIANS } from "./pointsEightGaussians.ts";
import { POINTS_GRID_25 } from "./pointsGrid25.ts";
import { POINTS_RING } from "./pointsRing.ts";
import type { Preset } from "./preset.ts";

export type { Preset } from "./preset.ts";

export const PRESETS: readonly Preset[] = [
  MNIST_MLP,
  MNIST_MLP_BATCH_NORM,
  MNIST_DCGAN,
  POINTS_RING,
  POINTS_EIGHT_GAUSSIANS,
  POINTS_GRID_25,
];

/** The preset of that id, or undefined where there is none. */
export function presetById(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
