/** What the discriminator's output means to a person, by the loss that it was trained with. It must not know images or components. */
import { mean } from "../shared/statistics.ts";
import type { LossName, NetworkConfig } from "../gan/config.ts";

export interface ScoreScale {
  /** What a score is called. */
  readonly name: string;
  readonly help: string;
  /** From the discriminator's linear output. */
  readonly scoreOf: (logit: number) => number;
  /** The least and the greatest score; null where scores go on without end. */
  readonly range: readonly [least: number, greatest: number] | null;
  /** From here on an image is taken for real; null where a score means something beside others alone. */
  readonly middle: number | null;
}

const PROBABILITY: ScoreScale = {
  name: "D(x)",
  help: "0 is surely fake, 1 is surely real, and at 0.5 the discriminator cannot tell.",
  scoreOf: (logit) => 1 / (1 + Math.exp(-logit)),
  range: [0, 1],
  middle: 0.5,
};

const asItIs = (logit: number): number => logit;

export const SCORE_SCALES: Readonly<Record<LossName, ScoreScale>> = {
  nonSaturating: PROBABILITY,
  minimax: PROBABILITY,
  leastSquares: {
    name: "D(x)",
    help: "It learns to answer 0 for fakes and 1 for reals, and may miss on either side.",
    scoreOf: asItIs,
    range: null,
    middle: 0.5,
  },
  relativisticAverage: {
    name: "critic score",
    help: "The higher, the more real, beside the average of the other side. There is no zero.",
    scoreOf: asItIs,
    range: null,
    middle: null,
  },
  hinge: {
    name: "critic score",
    help: "It learns to stay below −1 for fakes and above 1 for reals.",
    scoreOf: asItIs,
    range: null,
    middle: 0,
  },
  wasserstein: {
    name: "critic score",
    help: "The higher, the more real. Only differences mean something: there is no zero.",
    scoreOf: asItIs,
    range: null,
    middle: null,
  },
};

/** Where real begins: the scale's own middle, or half way between what is known to be fake and what to be real. */
export function dividingScore({ middle }: ScoreScale, fakes: readonly number[], reals: readonly number[]): number {
  return middle ?? (mean(fakes) + mean(reals)) / 2;
}

/**
 * Why scores of a discriminator that stands still may differ from those that training measures, in a sentence; empty where it
 * judges alike.
 */
export function unlikeTraining(discriminator: NetworkConfig): string {
  const normalizes = discriminator.some(
    (layer) => layer.type === "batchNorm" || (layer.type === "residualBlock" && layer.normalization === "batchNorm"),
  );
  const drops = discriminator.some(({ type }) => type === "dropout");
  const ways = [
    ...(normalizes ? ["with the running statistics of batch norm"] : []),
    ...(drops ? ["without dropout"] : []),
  ];
  if (ways.length === 0) return "";
  return `Here the discriminator judges ${ways.join(" and ")}, so scores may differ from those in the charts, which come from the batches that it learns from.`;
}
