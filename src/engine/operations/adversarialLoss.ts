/**
 * What logits are worth to a player, and the scores shown to people, with the portable twin. It knows terms and goals; it
 * must not know which loss of which paper they make up.
 */
import {
  add,
  concat1d,
  mean,
  mul,
  relu,
  reshape,
  sigmoid,
  slice,
  softplus,
  square,
  sub,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from "@tensorflow/tfjs-core";
import { severalFused } from "../kernels.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";

/** What a logit costs, given a target. */
export const LOSS_TERMS = {
  /** Binary cross-entropy, stable for any logit: log(1 + eˡ) − t·l. */
  crossEntropy: (logits, target) => sub(softplus(logits), mul(logits, target)),
  /** ½ (l − t)². */
  squaredDistance: (logits, target) => mul(square(sub(logits, target)), 0.5),
  /** max(0, 1 − t·l), for a target of 1 or −1. */
  hinge: (logits, target) => relu(sub(1, mul(logits, target))),
  /** t·l. */
  linear: (logits, target) => mul(logits, target),
} as const satisfies Readonly<Record<string, (logits: Tensor, target: number) => Tensor>>;

export type LossTerm = keyof typeof LOSS_TERMS;

/** What a player wants of a group of logits: that the mean of a term be small, or, by a weight of −1, large. */
export interface Goal {
  readonly term: LossTerm;
  /** A number, or the live target of real or of fake images. */
  readonly target: number | keyof typeof LOSS_LIVE;
  readonly weight: number;
}

/** A goal whose target is known. */
export interface SettledGoal extends Goal {
  readonly target: number;
}

export const LOSS_LIVE = { realTarget: "f32", fakeTarget: "f32" } as const satisfies LiveLayout;

export interface Judged {
  /** Σ weight · mean of the term over each group. */
  readonly loss: Scalar;
  /** Mean σ(logit) of each group, [groups]. */
  readonly scores: Tensor1D;
}

/** Judges logits [groups · batch, 1], one group after another, each by a goal of its own. */
export function adversarialLoss(
  logits: Tensor,
  goals: readonly Goal[],
  live: LiveNumbers<keyof typeof LOSS_LIVE>,
): Judged {
  const [loss, scores] = severalFused("DuelAdversarialLoss", { logits }, { goals, live }) ?? [];
  if (loss !== undefined && scores !== undefined) return { loss: loss as Scalar, scores: scores as Tensor1D };
  const batch = logits.size / goals.length;
  const groups = goals.map((goal, index) => ({
    goal,
    logits: goals.length === 1 ? logits : slice(logits, [index * batch, 0], [batch, 1]),
  }));
  const terms = groups.map(({ goal, logits: group }) => mean<Scalar>(costs(group, settled(goal, live))));
  const scores1d = groups.map(({ logits: group }) => reshape<Rank.R1>(mean(sigmoid(group)), [1]));
  return { loss: terms.reduce((sum, term) => add(sum, term)), scores: concat1d(scores1d) };
}

/** What each logit adds to the loss, weighted, in the shape of the logits; the loss takes the mean. */
export function costs(logits: Tensor, { term, target, weight }: SettledGoal): Tensor {
  return mul(LOSS_TERMS[term](logits, target), weight);
}

/** The goal with the target that holds now. */
function settled(goal: Goal, { values }: LiveNumbers<keyof typeof LOSS_LIVE>): SettledGoal {
  return { ...goal, target: typeof goal.target === "number" ? goal.target : values[goal.target] };
}
