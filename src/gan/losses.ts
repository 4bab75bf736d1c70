/** The adversarial losses, one row each. Knows logits; must not know networks, optimisers or backends. */
import { concat, mean, split, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { Goal, SettledGoal } from "../engine/operations/adversarialLoss.ts";
import type { LossName } from "./config.ts";

/** What the players minimise, each the sum of its goals, given logits. Labels are in the settings. */
export interface AdversarialLoss {
  /** Paper and equation. */
  readonly source: string;
  /** What the discriminator wants of D(x) and of D(G(z)). */
  readonly discriminator: { readonly real: Goal; readonly fake: Goal };
  /** What the generator wants of D(G(z)). */
  readonly generator: SettledGoal;
  /**
   * What the generator wants of D(x), where the loss is relative: each logit then counts by how far it lies above the mean of
   * the other side's (`relativised`). Null where logits count as they are, and the generator is not told of real data.
   */
  readonly generatorOfReal: SettledGoal | null;
}

const TELL_APART = {
  real: { term: "crossEntropy", target: "realTarget", weight: 1 },
  fake: { term: "crossEntropy", target: "fakeTarget", weight: 1 },
} as const;

export const LOSSES: Readonly<Record<LossName, AdversarialLoss>> = {
  nonSaturating: {
    source: "Goodfellow et al. 2014, section 3, last paragraph",
    discriminator: TELL_APART,
    generator: { term: "crossEntropy", target: 1, weight: 1 },
    generatorOfReal: null,
  },
  minimax: {
    source: "Goodfellow et al. 2014, equation 1",
    discriminator: TELL_APART,
    // log(1 − σ(l)) is the cross-entropy with target 0, negated.
    generator: { term: "crossEntropy", target: 0, weight: -1 },
    generatorOfReal: null,
  },
  leastSquares: {
    source: "Mao et al. 2017, equation 9",
    discriminator: {
      real: { term: "squaredDistance", target: "realTarget", weight: 1 },
      fake: { term: "squaredDistance", target: "fakeTarget", weight: 1 },
    },
    generator: { term: "squaredDistance", target: 1, weight: 1 },
    generatorOfReal: null,
  },
  relativisticAverage: {
    source: "Jolicoeur-Martineau 2018, the relativistic average of the standard GAN",
    discriminator: TELL_APART,
    generator: { term: "crossEntropy", target: 1, weight: 1 },
    generatorOfReal: { term: "crossEntropy", target: 0, weight: 1 },
  },
  hinge: {
    source: "Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17",
    discriminator: {
      real: { term: "hinge", target: 1, weight: 1 },
      fake: { term: "hinge", target: -1, weight: 1 },
    },
    generator: { term: "linear", target: -1, weight: 1 },
    generatorOfReal: null,
  },
  wasserstein: {
    source: "Arjovsky et al. 2017, equation 2",
    discriminator: {
      real: { term: "linear", target: -1, weight: 1 },
      fake: { term: "linear", target: 1, weight: 1 },
    },
    generator: { term: "linear", target: -1, weight: 1 },
    generatorOfReal: null,
  },
};

/** Logits of real data and of fakes, [2 · batch, 1], each less the mean of the other side's (D̃ before its sigmoid). */
export function relativised(logits: Tensor): Tensor {
  const [real, fake] = split(logits, 2) as [Tensor, Tensor];
  return concat([sub(real, mean(fake)), sub(fake, mean(real))]);
}
