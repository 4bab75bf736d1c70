/** The adversarial losses, one row each. Knows logits; must not know networks, optimisers or backends. */
import { add, mean, mul, neg, relu, softplus, square, sub, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { LossName } from "./config.ts";

/** What both players minimise, given the discriminator's logits, each of shape [batch, 1]. Labels are in the settings. */
export interface AdversarialLoss {
  /** Paper and equation. */
  readonly source: string;
  /** `realTarget` is what the discriminator should say of real images; only losses with targets heed it. */
  discriminator(real: Tensor, fake: Tensor, realTarget: number): Scalar;
  generator(fake: Tensor): Scalar;
}

/** Mean binary cross-entropy of logits against one target, stable for any logit: log(1 + eˡ) − t·l. */
function crossEntropy(logits: Tensor, target: number): Scalar {
  return mean(sub(softplus(logits), mul(logits, target)));
}

function halfSquaredDistance(logits: Tensor, target: number): Scalar {
  return mul(mean(square(sub(logits, target))), 0.5);
}

function tellApart(real: Tensor, fake: Tensor, realTarget: number): Scalar {
  return add(crossEntropy(real, realTarget), crossEntropy(fake, 0));
}

export const LOSSES = {
  nonSaturating: {
    source: "Goodfellow et al. 2014, section 3, last paragraph",
    discriminator: tellApart,
    generator: (fake) => crossEntropy(fake, 1),
  },
  minimax: {
    source: "Goodfellow et al. 2014, equation 1",
    discriminator: tellApart,
    // log(1 − σ(l)) = −log(1 + eˡ)
    generator: (fake) => neg(mean(softplus(fake))),
  },
  leastSquares: {
    source: "Mao et al. 2017, equation 9",
    discriminator: (real, fake, realTarget) => add(halfSquaredDistance(real, realTarget), halfSquaredDistance(fake, 0)),
    generator: (fake) => halfSquaredDistance(fake, 1),
  },
  hinge: {
    source: "Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17",
    discriminator: (real, fake) => add(mean(relu(sub(1, real))), mean(relu(add(1, fake)))),
    generator: (fake) => neg(mean(fake)),
  },
  wasserstein: {
    source: "Arjovsky et al. 2017, equation 2",
    discriminator: (real, fake) => sub(mean(fake), mean(real)),
    generator: (fake) => neg(mean(fake)),
  },
} as const satisfies Readonly<Record<LossName, AdversarialLoss>>;
