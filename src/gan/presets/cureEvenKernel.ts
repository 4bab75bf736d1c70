/** Half a cure of the checkerboard: kernels that their strides divide. */
import { FAILURE_CHECKERBOARD } from "./failureCheckerboard.ts";
import { transposedConvolutions, withoutBatchNorm } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const CURE_EVEN_KERNEL: Preset = {
  id: "cure-even-kernel",
  label: "Half a cure · kernel of four",
  group: "cure",
  comment:
    "The same generator with kernels of four pixels and strides of two, so that every pixel is painted equally often. Compare the first images: at step 20 the mesh is a fifth of what varies, where a kernel of three has more than half. But each of the four neighbours is still painted by weights of its own, and nothing makes these agree: by step 60 the generator has learnt stripes that are as strong. An even kernel takes away the cause at the start, not the freedom to learn one.",
  source: "Odena, Dumoulin and Olah 2016, Deconvolution and Checkerboard Artifacts",
  expects: [
    { step: 20, measure: "checkerboard", atMost: 0.3 },
    { step: 60, measure: "checkerboard", atLeast: 0.3 },
  ],
  closeUp: true,
  config: { ...FAILURE_CHECKERBOARD.config, generator: withoutBatchNorm(transposedConvolutions(16, 4)) },
};
