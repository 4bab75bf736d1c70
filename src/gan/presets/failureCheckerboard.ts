/** A failure: kernels that do not divide by their strides. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { transposedConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_CHECKERBOARD: Preset = {
  id: "failure-checkerboard",
  label: "Failure · checkerboard",
  group: "failure",
  comment:
    "A transposed convolution paints a kernel at every place, two pixels apart. With a kernel of three pixels every second row and column is painted twice as often as its neighbours, and the pattern of that shows through the strokes: look at flat places, early in the run, in a large picture. Training has to unlearn it in every filter. A kernel of four covers every pixel equally often.",
  source: "Odena, Dumoulin and Olah 2016, Deconvolution and Checkerboard Artifacts",
  cure: "cure-even-kernel",
  expects: [{ step: 600, measure: "covered", atLeast: 8 }],
  config: { ...MNIST_DCGAN.config, generator: transposedConvolutions(32, 3) },
};
