/** The cure of the checkerboard: repeat pixels, then convolve. */
import { FAILURE_CHECKERBOARD } from "./failureCheckerboard.ts";
import { upsampledConvolutions, withoutBatchNorm } from "./networks.ts";
import type { Preset } from "./preset.ts";

export const CURE_UPSAMPLING: Preset = {
  id: "cure-upsampling",
  label: "Cure · upsample, then convolve",
  group: "cure",
  comment:
    "The other way to double a picture: repeat each pixel, then let a convolution smooth it. Neighbours are painted by the same weights, so there is no mesh to begin with and none to be learnt: at step 20 it is less than a hundredth of what varies in an image, at step 60 next to nothing, and there are strokes already, where both others show mesh alone. It costs more work a step, since the convolution runs over the larger picture.",
  source: "Odena, Dumoulin and Olah 2016, Deconvolution and Checkerboard Artifacts",
  expects: [
    { step: 20, measure: "checkerboard", atMost: 0.02 },
    { step: 60, measure: "checkerboard", atMost: 0.01 },
    { step: 200, measure: "checkerboard", atMost: 0.01 },
  ],
  closeUp: true,
  config: { ...FAILURE_CHECKERBOARD.config, generator: withoutBatchNorm(upsampledConvolutions(16)) },
};
