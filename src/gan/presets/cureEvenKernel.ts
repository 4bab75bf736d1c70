/** The cure of the checkerboard: kernels that their strides divide. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { transposedConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const CURE_EVEN_KERNEL: Preset = {
  id: "cure-even-kernel",
  label: "Cure · kernel of four",
  group: "cure",
  comment:
    "The same generator with kernels of four pixels and strides of two: every pixel is painted equally often, so that an untrained generator already begins without the pattern. Its filters could still learn one, but nothing pushes them to. Compare the first few pictures with those of the failure.",
  source: "Odena, Dumoulin and Olah 2016, Deconvolution and Checkerboard Artifacts",
  config: { ...MNIST_DCGAN.config, generator: transposedConvolutions(32, 4) },
};
