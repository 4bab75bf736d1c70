/**
 * What class labels change about the two players: what goes in beside latents and images, and what the discriminator says
 * beside its score. It knows labels as rows with a 1 at the class; it must not know losses or where labels come from.
 */
import {
  add,
  concat,
  concat2d,
  mul,
  ones,
  reshape,
  split,
  sum,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import type { TrainingConfig } from "./config.ts";
import type { Shape } from "./layers/layerShape.ts";
import { forward, forwardWithHead, type Network, type Pass } from "./network.ts";

/** Latents [batch, latentDim] as the generator takes them: with labels after them, where there are any. */
export function withLabels(z: Tensor2D, labels: Tensor2D | null): Tensor2D {
  return labels === null ? z : concat2d([z, labels], 1);
}

/** What a discriminator is, as far as labels are concerned. */
interface Judge {
  readonly config: TrainingConfig;
  readonly classes: number;
  readonly discriminator: Network;
}

/**
 * What D says of images by their labels, [batch, 1 + class logits]: the score's logit, and after it the class logits of an
 * auxiliary classifier (Odena, Olah and Shlens 2017). With concatenation (Mirza and Osindero 2014) D sees the labels beside
 * the images; with projection (Miyato and Koyama 2018, equation 3) the logit has the inner product of the features with
 * the class's embedding added.
 */
export function discriminate(judge: Judge, x: Tensor, labels: Tensor2D | null, pass: Pass): Tensor {
  const { config, discriminator } = judge;
  const { conditioning } = config;
  if (conditioning === null || labels === null) return forward(discriminator, x, pass);
  switch (conditioning.type) {
    case "concatenation":
      return forward(discriminator, judgedInput(judge, x, labels), pass);
    case "projection": {
      const { output, head } = forwardWithHead(discriminator, x, pass);
      return add(output, sum(mul(head, labels), 1, true));
    }
    case "auxiliaryClassifier": {
      const { output, head } = forwardWithHead(discriminator, x, pass);
      return concat([output, head], 1);
    }
    default:
      return conditioning satisfies never;
  }
}

/** Images as D's layers take them: with the labels beside them where it is told them so. */
export function judgedInput({ config, discriminator }: Judge, x: Tensor, labels: Tensor2D | null): Tensor {
  if (labels === null || config.conditioning?.type !== "concatenation") return x;
  return besideImages(x, labels, discriminator.inputShape);
}

function besideImages(x: Tensor, labels: Tensor2D, inputShape: Shape): Tensor {
  const [batch, classes] = labels.shape;
  if (inputShape.length === 1) return concat([reshape(x, [batch, -1]), labels], 1);
  const maps = mul(reshape(labels, [batch, 1, 1, classes]), ones([1, ...inputShape.slice(0, -1), 1]));
  return concat([x, maps], x.rank - 1);
}

/** How many numbers `discriminate` says of each image. */
export function saidWidth({ config, classes }: Judge): number {
  return config.conditioning?.type === "auxiliaryClassifier" ? 1 + classes : 1;
}

export interface Verdict {
  /** [batch, 1] */
  readonly logits: Tensor;
  /** [batch, classes]; null where D does not classify. */
  readonly classLogits: Tensor2D | null;
}

/** The parts of what `discriminate` says. */
export function partsOf(said: Tensor): Verdict {
  const [, width = 1] = said.shape;
  if (width === 1) return { logits: said, classLogits: null };
  const [logits, classLogits] = split(said, [1, width - 1], 1) as [Tensor2D, Tensor2D];
  return { logits, classLogits };
}
