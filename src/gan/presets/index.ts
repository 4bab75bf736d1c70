/** Every preset, in the order of the menu. Adding one is a file beside this one and a line here. */
import { CURE_EVEN_KERNEL } from "./cureEvenKernel.ts";
import { CURE_NON_SATURATING } from "./cureNonSaturating.ts";
import { CURE_R1_DAMPING } from "./cureR1Damping.ts";
import { CURE_UPSAMPLING } from "./cureUpsampling.ts";
import { FAILURE_CHECKERBOARD } from "./failureCheckerboard.ts";
import { FAILURE_LARGE_STEP } from "./failureLargeStep.ts";
import { FAILURE_MODE_COLLAPSE } from "./failureModeCollapse.ts";
import { FAILURE_OSCILLATION } from "./failureOscillation.ts";
import { FAILURE_STRONG_DISCRIMINATOR } from "./failureStrongDiscriminator.ts";
import { FAILURE_VANISHING_GRADIENTS } from "./failureVanishingGradients.ts";
import { MNIST_AUXILIARY_CLASSIFIER } from "./mnistAuxiliaryClassifier.ts";
import { MNIST_CONDITIONAL_DCGAN } from "./mnistConditionalDcgan.ts";
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { MNIST_DCGAN_FAST } from "./mnistDcganFast.ts";
import { MNIST_HINGE_SPECTRAL } from "./mnistHingeSpectral.ts";
import { MNIST_LSGAN } from "./mnistLsgan.ts";
import { MNIST_MLP } from "./mnistMlp.ts";
import { MNIST_MLP_BATCH_NORM } from "./mnistMlpBatchNorm.ts";
import { MNIST_R1_AVERAGE } from "./mnistR1Average.ts";
import { MNIST_WGAN_CLIP } from "./mnistWganClip.ts";
import { MNIST_WGAN_GP } from "./mnistWganGp.ts";
import { POINTS_EIGHT_GAUSSIANS } from "./pointsEightGaussians.ts";
import { POINTS_GRID_25 } from "./pointsGrid25.ts";
import { POINTS_RING } from "./pointsRing.ts";
import type { Preset } from "./preset.ts";

export { PRESET_GROUPS, type Expectation, type OutcomeMeasure, type Preset, type PresetGroup } from "./preset.ts";

/** Those of a group stand together. */
export const PRESETS: readonly Preset[] = [
  MNIST_MLP,
  MNIST_MLP_BATCH_NORM,
  MNIST_DCGAN,
  MNIST_DCGAN_FAST,
  MNIST_LSGAN,
  MNIST_HINGE_SPECTRAL,
  MNIST_WGAN_CLIP,
  MNIST_WGAN_GP,
  MNIST_R1_AVERAGE,
  MNIST_CONDITIONAL_DCGAN,
  MNIST_AUXILIARY_CLASSIFIER,
  POINTS_RING,
  POINTS_EIGHT_GAUSSIANS,
  POINTS_GRID_25,
  FAILURE_MODE_COLLAPSE,
  FAILURE_STRONG_DISCRIMINATOR,
  FAILURE_LARGE_STEP,
  FAILURE_VANISHING_GRADIENTS,
  FAILURE_OSCILLATION,
  FAILURE_CHECKERBOARD,
  CURE_NON_SATURATING,
  CURE_R1_DAMPING,
  CURE_EVEN_KERNEL,
  CURE_UPSAMPLING,
];

/** The preset of that id, or undefined where there is none. */
export function presetById(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
