/** How the discriminator judges real and fake images, and what it pays for its slope. It must not know losses or optimisers. */
import { concat, mul, type Scalar, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import { valuesAndSlopes } from "../engine/gradients.ts";
import { batchesGoTogether } from "../engine/kernels.ts";
import { liveScalar } from "../engine/operations/liveScalar.ts";
import { present } from "../shared/invariant.ts";
import type { Gan } from "./gan.ts";
import { GRADIENT_PENALTIES, interpolate, perturb, type GradientPenalty } from "./gradientPenalties.ts";
import { forward } from "./network.ts";
import { trainingPass, type PassPurpose } from "./passes.ts";

/** What a penalty that looks beside the images is drawn by; the others need neither. */
export interface PenaltyDraws {
  /** ε of WGAN-GP, [batch] in [0, 1). */
  readonly epsilon?: Tensor1D | null;
  /** δ of DRAGAN before its width, of the images' shape: standard normal numbers. */
  readonly perturbation?: Tensor | null;
}

export interface Judgement {
  /** D(x), then D(fake), [2 · batch, 1]. */
  readonly logits: Tensor;
  /** With its weight; null where none is due. */
  readonly penalty: Scalar | null;
}

/**
 * Judges real images x and fake ones, [batch, ...dataShape] each. Batch norm in D sees each batch alone. A penalty at the
 * real or the fake images shares their pass; one beside them makes a third pass, after both and, as a loop of PyTorch's
 * would, in training mode: running statistics move by it, too.
 */
export function judge(gan: Gan, real: Tensor, fake: Tensor, draws: PenaltyDraws): Judgement {
  const D =
    (...purposes: readonly PassPurpose[]) =>
    (x: Tensor) =>
      forward(gan.discriminator, x, trainingPass(gan.draws.discriminator, purposes));
  const penalty = penaltyDue(gan);

  if (penalty?.at === "real") {
    const { values, slopes } = valuesAndSlopes(D("real"), real);
    return { logits: concat([values, D("fake")(fake)]), penalty: weighted(gan, penalty.of(slopes)) };
  }
  if (penalty?.at === "fake") {
    const realLogits = D("real")(real);
    const { values, slopes } = valuesAndSlopes(D("fake"), fake);
    return { logits: concat([realLogits, values]), penalty: weighted(gan, penalty.of(slopes)) };
  }
  const logits = batchesGoTogether()
    ? D("real", "fake")(concat([real, fake]))
    : concat([D("real")(real), D("fake")(fake)]);
  if (penalty === null) return { logits, penalty: null };
  const places =
    penalty.at === "between"
      ? interpolate(real, fake, present(draws.epsilon, "the interpolation weights"))
      : perturb(real, present(draws.perturbation, "the perturbation"));
  return { logits, penalty: weighted(gan, penalty.of(valuesAndSlopes(D("beside"), places).slopes)) };
}

function penaltyDue({ config: { gradientPenalty }, work }: Gan): GradientPenalty | null {
  return gradientPenalty !== null && work.discriminator.penalizes ? GRADIENT_PENALTIES[gradientPenalty.type] : null;
}

function weighted(gan: Gan, penalty: Scalar): Scalar {
  return mul<Scalar>(penalty, liveScalar(gan.penalty, "weight"));
}
