/** The question for one training step with all that it computes on its way: types, and a limit. */
import type { Goal } from "../../engine/operations/adversarialLoss.ts";
import type { AugmentationName } from "../../gan/augmentation.ts";

/** Makes a step, as the command `step` would, to the same weights. The run must stand still. */
export interface SlowStepQuestion {
  readonly question: null;
  readonly interim: never;
  readonly answer: SlowStep;
}

/** So many items of a batch are carried at most. */
export const MOST_CARRIED = 8;

export interface SlowStep {
  /** The step that was made. */
  readonly step: number;
  readonly batchSize: number;
  readonly latentDim: number;
  /** Shape of one item, such as [28, 28, 1]. */
  readonly dataShape: readonly number[];
  /** The last update of each player in this step; null where the step has none. */
  readonly discriminator: SlowDiscriminatorUpdate | null;
  readonly generator: SlowGeneratorUpdate | null;
}

export interface SlowUpdate {
  /** Updates of this player in a step; this is the last of them. */
  readonly updates: number;
  /** The first items of the batch. */
  readonly carried: number;
  /** [carried, latentDim]. */
  readonly z: Float32Array<ArrayBuffer>;
  /** G(z), [carried, ...dataShape] in [−1, 1]. */
  readonly fake: Float32Array<ArrayBuffer>;
  readonly fakes: JudgedItems;
  /** Real items, where this update looks at any. */
  readonly real: Float32Array<ArrayBuffer> | null;
  readonly reals: JudgedItems | null;
  /** Names of the classes that the items are of, [carried] each; null where the players are not told. */
  readonly classes: { readonly fake: readonly string[]; readonly real: readonly string[] | null } | null;
  /** How the discriminator was shown them; null where it saw them as they are. */
  readonly disguise: SlowDisguise | null;
  /** Whether logits count by how far they lie above the mean of the other side's, and are given so. */
  readonly relative: boolean;
  /** What the player minimises, without what comes on top of it: a penalty, flipped labels, a classifier. */
  readonly loss: number;
  /** What an auxiliary classifier adds to the loss, by its weight; null where there is none. */
  readonly classLoss: number | null;
  readonly layers: readonly SlowLayer[];
}

export interface SlowDisguise {
  /** How images were changed, in that order. */
  readonly augmentations: readonly AugmentationName[];
  /** Standard deviation of the noise over them after that; 0 where there is none. */
  readonly noise: number;
  /** The items in their disguise, [carried, ...dataShape]. */
  readonly fake: Float32Array<ArrayBuffer>;
  readonly real: Float32Array<ArrayBuffer> | null;
}

export interface SlowDiscriminatorUpdate extends SlowUpdate {
  readonly real: Float32Array<ArrayBuffer>;
  readonly reals: JudgedItems;
  /** How many labels of the batch were told the wrong way round, and what this adds to the loss; null where none may be. */
  readonly flips: { readonly real: number; readonly fake: number; readonly cost: number } | null;
  /** The weighted gradient penalty that comes on top of the loss; null where there is none. */
  readonly penalty: number | null;
}

export interface SlowGeneratorUpdate extends SlowUpdate {
  /** −∂loss / ∂G(z), [carried, ...dataShape]: the way in which each number of each item would have to move. */
  readonly told: Float32Array<ArrayBuffer>;
}

/** What the discriminator says of a whole batch, and what that costs the player that learns. */
export interface JudgedItems {
  readonly goal: Goal;
  /** The goal's target, where it is live: what it was in this step. */
  readonly target: number;
  /** [batch]. */
  readonly logits: Float32Array<ArrayBuffer>;
  /** [batch]; the loss is the sum over goals of their means. */
  readonly costs: Float32Array<ArrayBuffer>;
}

/** A layer that has weights to learn. */
export interface SlowLayer {
  readonly index: number;
  readonly type: string;
  /** Euclidean norms of its gradient before clipping, of its weights before the update, and of how far they moved. */
  readonly gradientNorm: number;
  readonly weightNorm: number;
  readonly moved: number;
}
