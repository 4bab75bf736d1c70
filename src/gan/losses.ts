/** The adversarial losses, one row each. Knows logits; must not know networks, optimisers or backends. */
import type { Goal } from "../engine/operations/adversarialLoss.ts";
import type { LossName } from "./config.ts";

/** What the players minimise, each the sum of its goals, given logits. Labels are in the settings. */
export interface AdversarialLoss {
  /** Paper and equation. */
  readonly source: string;
  /** What the discriminator wants of D(x) and of D(G(z)). */
  readonly discriminator: { readonly real: Goal; readonly fake: Goal };
  /** What the generator wants of D(G(z)). */
  readonly generator: Goal;
}

const TELL_APART = {
  real: { term: "crossEntropy", target: "realTarget", weight: 1 },
  fake: { term: "crossEntropy", target: "fakeTarget", weight: 1 },
} as const;

export const LOSSES = {
  nonSaturating: {
    source: "Goodfellow et al. 2014, section 3, last paragraph",
    discriminator: TELL_APART,
    generator: { term: "crossEntropy", target: 1, weight: 1 },
  },
  minimax: {
    source: "Goodfellow et al. 2014, equation 1",
    discriminator: TELL_APART,
    // log(1 − σ(l)) is the cross-entropy with target 0, negated.
    generator: { term: "crossEntropy", target: 0, weight: -1 },
  },
  leastSquares: {
    source: "Mao et al. 2017, equation 9",
    discriminator: {
      real: { term: "squaredDistance", target: "realTarget", weight: 1 },
      fake: { term: "squaredDistance", target: "fakeTarget", weight: 1 },
    },
    generator: { term: "squaredDistance", target: 1, weight: 1 },
  },
  hinge: {
    source: "Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17",
    discriminator: {
      real: { term: "hinge", target: 1, weight: 1 },
      fake: { term: "hinge", target: -1, weight: 1 },
    },
    generator: { term: "linear", target: -1, weight: 1 },
  },
  wasserstein: {
    source: "Arjovsky et al. 2017, equation 2",
    discriminator: {
      real: { term: "linear", target: -1, weight: 1 },
      fake: { term: "linear", target: 1, weight: 1 },
    },
    generator: { term: "linear", target: -1, weight: 1 },
  },
} as const satisfies Readonly<Record<LossName, AdversarialLoss>>;
