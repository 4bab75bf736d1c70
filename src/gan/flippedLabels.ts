/**
 * Labels that are told the wrong way round now and then, so that the discriminator cannot be sure of any (Chintala et al.
 * 2016, "How to train a GAN", tip 6). It knows logits and goals; it must not know networks or where chances come from.
 */
import { add, mean, mul, relu, split, step, sub, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { LiveLayout, LiveNumbers } from "../engine/liveNumbers.ts";
import type { Goal, LOSS_LIVE, LossTerm } from "../engine/operations/adversarialLoss.ts";
import { liveScalar } from "../engine/operations/liveScalar.ts";
import type { AdversarialLoss } from "./losses.ts";

/** How often a label is flipped, from 0 to 0.5. */
export const FLIP_LIVE = { rate: "f32" } as const satisfies LiveLayout;

type Target = Scalar | number;

/**
 * By how much a logit costs more with target `told` than with `right`. Written out, since the difference of two logarithms
 * of the cross-entropy is only a product.
 */
const DIFFERENCES: Readonly<Record<LossTerm, (logits: Tensor, right: Target, told: Target) => Tensor>> = {
  crossEntropy: (logits, right, told) => mul(logits, sub(right, told)),
  squaredDistance: (logits, right, told) => mul(sub(logits, mul(add(right, told), 0.5)), sub(right, told)),
  hinge: (logits, right, told) => sub(relu(sub(1, mul(logits, told))), relu(sub(1, mul(logits, right)))),
  linear: (logits, right, told) => mul(logits, sub(told, right)),
};

/**
 * What the discriminator's loss of logits [2 · batch, 1], real ones first, grows by when some labels are flipped: a real
 * image with a flipped label has the target of fakes, and the other way round. `chances` are numbers in [0, 1), one a logit;
 * the label is flipped where its chance lies below the rate.
 */
export function flippedCost(
  logits: Tensor,
  chances: Tensor,
  { real, fake }: AdversarialLoss["discriminator"],
  targets: LiveNumbers<keyof typeof LOSS_LIVE>,
  flipping: LiveNumbers<keyof typeof FLIP_LIVE>,
): Scalar {
  const flips = step(sub(liveScalar(flipping, "rate"), chances));
  const [ofReal, ofFake] = split(logits, 2) as [Tensor, Tensor];
  const [flipsReal, flipsFake] = split(flips, 2) as [Tensor, Tensor];
  const targetOf = ({ target }: Goal): Target => (typeof target === "number" ? target : liveScalar(targets, target));
  const grown = (group: Tensor, flipped: Tensor, right: Goal, told: Goal): Scalar =>
    mul(mean(mul(flipped, DIFFERENCES[right.term](group, targetOf(right), targetOf(told)))), right.weight);
  return add(grown(ofReal, flipsReal, real, fake), grown(ofFake, flipsFake, fake, real));
}
