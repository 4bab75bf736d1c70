/** A round of telling real from fake: what is dealt, and how well it was told. Pure; it must not know runs or stores. */
import { permute } from "../shared/permutation.ts";
import { uniform } from "../shared/random.ts";
import type { ImageBatch } from "../worker/protocol.ts";
import { picked, type ScoredImages } from "./ranking.ts";

export const KINDS = ["real", "fake"] as const;
export type Kind = (typeof KINDS)[number];

/** Images in a round. */
export const ROUND_LENGTH = 20;

export interface Round {
  /** Steps that the networks had made when the images were dealt. */
  readonly step: number;
  /** ROUND_LENGTH of them. */
  readonly images: ImageBatch;
  readonly truths: readonly Kind[];
  /** What the discriminator took each for, by the weights of that step. */
  readonly discriminator: readonly Kind[];
}

export interface Deck {
  readonly step: number;
  /** At least ROUND_LENGTH of either kind. */
  readonly fakes: ScoredImages;
  readonly reals: ScoredImages;
  /** From this score on the discriminator takes an image for real. */
  readonly dividing: number;
}

/**
 * The `game`-th round of a seed. Each image is real or fake by a coin of its own, so that counting does not help; which of its
 * kind comes is shuffled, because fakes may be made class by class.
 */
export function dealRound({ step, fakes, reals, dividing }: Deck, seed: number, game: number): Round {
  const coins = uniform({ seed, stream: "guessing", draw: game }, ROUND_LENGTH);
  const truths = Array.from(coins, (coin): Kind => (coin < 0.5 ? "real" : "fake"));
  const dealt = truths.map((truth, index) => {
    const group = truth === "real" ? reals : fakes;
    const before = truths.slice(0, index).filter((earlier) => earlier === truth).length;
    return picked(group, [permute(before, group.images.count, seed, game)]);
  });
  const size = fakes.images.shape.reduce((product, dimension) => product * dimension, 1);
  const pixels = new Uint8Array(ROUND_LENGTH * size);
  for (const [index, { images }] of dealt.entries()) pixels.set(images.pixels, index * size);
  return {
    step,
    images: { count: ROUND_LENGTH, shape: fakes.images.shape, pixels },
    truths,
    discriminator: dealt.map(({ scores: [score = NaN] }): Kind => (score >= dividing ? "real" : "fake")),
  };
}

/** How many images of one kind, first, were taken for the other, second. */
export type Confusion = Readonly<Record<Kind, Readonly<Record<Kind, number>>>>;

export function confusionOf(truths: readonly Kind[], guesses: readonly Kind[]): Confusion {
  const count = (truth: Kind, guess: Kind): number =>
    truths.filter((kind, index) => kind === truth && guesses[index] === guess).length;
  return {
    real: { real: count("real", "real"), fake: count("real", "fake") },
    fake: { real: count("fake", "real"), fake: count("fake", "fake") },
  };
}

/** The share that was told rightly, in [0, 1]; NaN where nothing was guessed. */
export function accuracyOf({ real, fake }: Confusion): number {
  return (real.real + fake.fake) / (real.real + real.fake + fake.real + fake.fake);
}

export interface GameResult {
  readonly step: number;
  /** Shares told rightly. */
  readonly person: number;
  readonly discriminator: number;
}

/** One result a step, the first step first: those of the same step are averaged. */
export function resultsByStep(results: readonly GameResult[]): readonly GameResult[] {
  const steps = [...new Set(results.map(({ step }) => step))].sort((a, b) => a - b);
  return steps.map((step) => {
    const same = results.filter((result) => result.step === step);
    const average = (player: "person" | "discriminator"): number =>
      same.reduce((sum, result) => sum + result[player], 0) / same.length;
    return { step, person: average("person"), discriminator: average("discriminator") };
  });
}
