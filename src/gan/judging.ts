/** How the discriminator judges real and fake images, and what it pays for its slope. It must not know losses or optimisers. */
import { concat, concat2d, mul, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { valuesAndSlopes } from "../engine/gradients.ts";
import { batchesGoTogether } from "../engine/kernels.ts";
import { liveScalar } from "../engine/operations/liveScalar.ts";
import { present } from "../shared/invariant.ts";
import { discriminate, partsOf, saidWidth, type Verdict } from "./conditioning.ts";
import type { Gan } from "./gan.ts";
import { GRADIENT_PENALTIES, interpolate, perturb, type GradientPenalty } from "./gradientPenalties.ts";
import { trainingPass, type PassPurpose } from "./passes.ts";

/** The labels of the images that are judged, [batch, classes] each; absent where D is not told. */
export interface JudgedLabels {
  readonly realLabels?: Tensor2D | null;
  /** Those of the fakes. */
  readonly labels?: Tensor2D | null;
}

/** What a penalty that looks beside the images is drawn by; the others need neither. */
export interface PenaltyDraws {
  /** ε of WGAN-GP, [batch] in [0, 1). */
  readonly epsilon?: Tensor1D | null;
  /** δ of DRAGAN before its width, of the images' shape: standard normal numbers. */
  readonly perturbation?: Tensor | null;
}

export interface Judgement extends Verdict {
  /** With its weight; null where none is due. */
  readonly penalty: Scalar | null;
}

/**
 * Judges real images x and fake ones, [batch, ...dataShape] each, real ones first. Batch norm in D sees each batch alone. A
 * penalty at the real or the fake images shares their pass; one beside them makes a third pass, after both and, as a loop of
 * PyTorch's would, in training mode: running statistics move by it, too.
 */
export function judge(gan: Gan, real: Tensor, fake: Tensor, given: PenaltyDraws & JudgedLabels): Judgement {
  const { labels = null, realLabels = null } = given;
  const D =
    (told: Tensor2D | null, ...purposes: readonly PassPurpose[]) =>
    (x: Tensor) =>
      discriminate(gan, x, told, trainingPass(gan.draws.discriminator, purposes));
  const slopesOf = (told: Tensor2D | null, purpose: PassPurpose, x: Tensor) =>
    valuesAndSlopes(D(told, purpose), x, saidWidth(gan));
  const penalty = penaltyDue(gan);

  if (penalty?.at === "real") {
    const { values, slopes } = slopesOf(realLabels, "real", real);
    const said = concat([values, D(labels, "fake")(fake)]);
    return { ...partsOf(said), penalty: weighted(gan, penalty.of(slopes)) };
  }
  if (penalty?.at === "fake") {
    const ofReal = D(realLabels, "real")(real);
    const { values, slopes } = slopesOf(labels, "fake", fake);
    return { ...partsOf(concat([ofReal, values])), penalty: weighted(gan, penalty.of(slopes)) };
  }
  const verdict = partsOf(
    batchesGoTogether()
      ? D(inTurn(realLabels, labels), "real", "fake")(concat([real, fake]))
      : concat([D(realLabels, "real")(real), D(labels, "fake")(fake)]),
  );
  if (penalty === null) return { ...verdict, penalty: null };
  const places =
    penalty.at === "between"
      ? interpolate(real, fake, present(given.epsilon, "the interpolation weights"))
      : perturb(real, present(given.perturbation, "the perturbation"));
  // A place beside the images has the label of the real one that it is near.
  return { ...verdict, penalty: weighted(gan, penalty.of(slopesOf(realLabels, "beside", places).slopes)) };
}

/** Labels of the real images, then those of the fakes. */
export function inTurn(realLabels: Tensor2D | null, labels: Tensor2D | null): Tensor2D | null {
  return realLabels === null || labels === null ? null : concat2d([realLabels, labels], 0);
}

function penaltyDue({ config: { gradientPenalty }, work }: Gan): GradientPenalty | null {
  return gradientPenalty !== null && work.discriminator.penalizes ? GRADIENT_PENALTIES[gradientPenalty.type] : null;
}

function weighted(gan: Gan, penalty: Scalar): Scalar {
  return mul<Scalar>(penalty, liveScalar(gan.penalty, "weight"));
}
