/** The recorded GANs that the training step is checked against, by name. Only tests import them. */
import dcganBatchNormDiscriminator from "./dcgan-bn-discriminator.json" with { type: "json" };
import dcganLeastSquares from "./dcgan-least-squares.json" with { type: "json" };
import dcganNonSaturating from "./dcgan-non-saturating.json" with { type: "json" };
import dcganR1 from "./dcgan-r1.json" with { type: "json" };
import mlpHingeSgd from "./mlp-hinge-sgd.json" with { type: "json" };
import mlpMinimax from "./mlp-minimax.json" with { type: "json" };
import mlpNonSaturatingSmooth from "./mlp-non-saturating-smooth.json" with { type: "json" };
import mlpWassersteinClipRmsprop from "./mlp-wasserstein-clip-rmsprop.json" with { type: "json" };
import mlpWganGp from "./mlp-wgan-gp.json" with { type: "json" };

export const PARITY_FILES = {
  "dcgan-bn-discriminator": dcganBatchNormDiscriminator,
  "dcgan-least-squares": dcganLeastSquares,
  "dcgan-non-saturating": dcganNonSaturating,
  "dcgan-r1": dcganR1,
  "mlp-hinge-sgd": mlpHingeSgd,
  "mlp-minimax": mlpMinimax,
  "mlp-non-saturating-smooth": mlpNonSaturatingSmooth,
  "mlp-wasserstein-clip-rmsprop": mlpWassersteinClipRmsprop,
  "mlp-wgan-gp": mlpWganGp,
};
