/** A failure: a leash so short that no gradient gets through. */
import { MNIST_WGAN_CLIP } from "./mnistWganClip.ts";
import type { Preset } from "./preset.ts";

export const FAILURE_VANISHING_GRADIENTS: Preset = {
  id: "failure-vanishing-gradients",
  label: "Failure · vanishing gradients",
  group: "failure",
  comment:
    "The clipped critic, with a clip ten times as short. On its way back to the generator the gradient is multiplied by the weights of every layer of the critic, and three layers of tiny weights leave next to nothing of it. Watch the gradient norm of the generator, and the critic's loss, which hardly leaves zero. RMSProp scales small gradients up again, so the images still move, by a critic that can hardly tell. Lengthen the weight clip.",
  source: "Arjovsky, Chintala and Bottou 2017, section 3; Gulrajani et al. 2017, section 3 and figure 1",
  cure: "mnist-wgan-clip",
  expects: [
    { step: 200, measure: "generatorGradientNorm", atMost: 0.05 },
    { step: 2000, measure: "generatorGradientNorm", atMost: 0.05 },
    { step: 2000, measure: "covered", atMost: 2 },
  ],
  config: { ...MNIST_WGAN_CLIP.config, weightClip: 0.001 },
};
