/** A failure: kernels that do not divide by their strides. */
import { MNIST_DCGAN_FAST } from "./mnistDcganFast.ts";
import { transposedConvolutions, withoutBatchNorm } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_CHECKERBOARD: Preset = {
  id: "failure-checkerboard",
  label: "Failure · checkerboard",
  group: "failure",
  comment:
    "A transposed convolution paints a kernel at every place, two pixels apart. With a kernel of three pixels every second row and column is painted twice as often as its neighbours, and two such layers make a mesh of it. Nothing evens it out here, since the generator has no batch norm: look at the first sixty steps, when the mesh is more than half of all that varies in an image. Training has to unlearn it in every filter.",
  source: "Odena, Dumoulin and Olah 2016, Deconvolution and Checkerboard Artifacts",
  cure: "cure-upsampling",
  expects: [
    { step: 20, measure: "checkerboard", atLeast: 0.4 },
    { step: 60, measure: "checkerboard", atLeast: 0.4 },
  ],
  closeUp: true,
  config: { ...MNIST_DCGAN_FAST.config, generator: withoutBatchNorm(transposedConvolutions(16, 3)) },
};
