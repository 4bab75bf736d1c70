/** The recorded GANs that the training step is checked against, by name. Only tests import them. */
import conditionalClassifier from "./conditional-classifier.json" with { type: "json" };
import conditionalClassifierR1 from "./conditional-classifier-r1.json" with { type: "json" };
import conditionalConcatenation from "./conditional-concatenation.json" with { type: "json" };
import conditionalConcatenationFlat from "./conditional-concatenation-flat.json" with { type: "json" };
import conditionalProjection from "./conditional-projection.json" with { type: "json" };
import dcgan16PixelsR1 from "./dcgan-16px-r1.json" with { type: "json" };
import dcganAugmentedRelativisticAverage from "./dcgan-augmented-relativistic-average.json" with { type: "json" };
import dcganBatchNormDiscriminatorR1 from "./dcgan-bn-discriminator-r1.json" with { type: "json" };
import dcganBatchNormDiscriminator from "./dcgan-bn-discriminator.json" with { type: "json" };
import dcganLeastSquares from "./dcgan-least-squares.json" with { type: "json" };
import dcganNonSaturating from "./dcgan-non-saturating.json" with { type: "json" };
import dcganR1 from "./dcgan-r1.json" with { type: "json" };
import mlpAdamwNesterov from "./mlp-adamw-nesterov.json" with { type: "json" };
import mlpBatchNormDiscriminatorWganGp from "./mlp-bn-discriminator-wgan-gp.json" with { type: "json" };
import mlpDraganClippedGradients from "./mlp-dragan-clipped-gradients.json" with { type: "json" };
import mlpFlippedLabelsNoiseR1 from "./mlp-flipped-labels-noise-r1.json" with { type: "json" };
import mlpHingeFlippedLabels from "./mlp-hinge-flipped-labels.json" with { type: "json" };
import mlpHingeSgd from "./mlp-hinge-sgd.json" with { type: "json" };
import mlpLionRelativisticAverage from "./mlp-lion-relativistic-average.json" with { type: "json" };
import mlpMinimax from "./mlp-minimax.json" with { type: "json" };
import mlpNonSaturatingSmooth from "./mlp-non-saturating-smooth.json" with { type: "json" };
import mlpR2Sgd from "./mlp-r2-sgd.json" with { type: "json" };
import mlpWassersteinClipRmsprop from "./mlp-wasserstein-clip-rmsprop.json" with { type: "json" };
import mlpWganGp from "./mlp-wgan-gp.json" with { type: "json" };
import residualLayers from "./residual-layers.json" with { type: "json" };
import spectralNormHinge from "./spectral-norm-hinge.json" with { type: "json" };
import spectralNormProjectionR1 from "./spectral-norm-projection-r1.json" with { type: "json" };

export const PARITY_FILES = {
  "conditional-classifier": conditionalClassifier,
  "conditional-classifier-r1": conditionalClassifierR1,
  "conditional-concatenation": conditionalConcatenation,
  "conditional-concatenation-flat": conditionalConcatenationFlat,
  "conditional-projection": conditionalProjection,
  "dcgan-16px-r1": dcgan16PixelsR1,
  "dcgan-augmented-relativistic-average": dcganAugmentedRelativisticAverage,
  "dcgan-bn-discriminator": dcganBatchNormDiscriminator,
  "dcgan-bn-discriminator-r1": dcganBatchNormDiscriminatorR1,
  "dcgan-least-squares": dcganLeastSquares,
  "dcgan-non-saturating": dcganNonSaturating,
  "dcgan-r1": dcganR1,
  "mlp-adamw-nesterov": mlpAdamwNesterov,
  "mlp-bn-discriminator-wgan-gp": mlpBatchNormDiscriminatorWganGp,
  "mlp-dragan-clipped-gradients": mlpDraganClippedGradients,
  "mlp-flipped-labels-noise-r1": mlpFlippedLabelsNoiseR1,
  "mlp-hinge-flipped-labels": mlpHingeFlippedLabels,
  "mlp-hinge-sgd": mlpHingeSgd,
  "mlp-lion-relativistic-average": mlpLionRelativisticAverage,
  "mlp-minimax": mlpMinimax,
  "mlp-non-saturating-smooth": mlpNonSaturatingSmooth,
  "mlp-r2-sgd": mlpR2Sgd,
  "mlp-wasserstein-clip-rmsprop": mlpWassersteinClipRmsprop,
  "mlp-wgan-gp": mlpWganGp,
  "residual-layers": residualLayers,
  "spectral-norm-hinge": spectralNormHinge,
  "spectral-norm-projection-r1": spectralNormProjectionR1,
};
