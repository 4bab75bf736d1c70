/** The other cure of the checkerboard: repeat pixels, then convolve. */
import { MNIST_DCGAN } from "./mnistDcgan.ts";
import { upsampledConvolutions } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const CURE_UPSAMPLING: Preset = {
  id: "cure-upsampling",
  label: "Cure · upsample, then convolve",
  group: "cure",
  comment:
    "The other way to double a picture: repeat each pixel, then let a convolution smooth it. No pixel is painted more often than another, whatever the kernel. It costs more work a step, since the convolution runs over the larger picture, and its pictures tend to be softer. Compare it with the kernel of four.",
  source: "Odena, Dumoulin and Olah 2016, Deconvolution and Checkerboard Artifacts",
  config: { ...MNIST_DCGAN.config, generator: upsampledConvolutions(32) },
};
