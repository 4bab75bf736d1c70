/** Numbers that run away. */
import type { Phase } from "../../../gan/config.ts";
import { clipGradient, slower } from "../remedies.ts";
import type { Finding, Rule, Signs } from "../rule.ts";
import { earlyTypical, FIRST_JUDGED_STEP, lastTypical } from "../series.ts";
import { formatShort } from "../words.ts";

/** Growth since the first steps of which nothing good comes. Measured: a twelfth of it at most on presets that do not diverge. */
const RUNAWAY_LOSS = 30;
/** Gradients vary more than losses do. */
const RUNAWAY_GRADIENT = 1000;
/** What a number is taken to have been at least: growing from nothing is no growth. */
const LEAST = 1;
/**
 * Samples that differ so many times as much from each other as real images do: pixels driven to black and white. Measured:
 * 1.4 to 1.8 where the generator's step is too large; the perceptrons of MNIST come from 0.3 up to 0.6 in 800 steps, the
 * fast DCGAN up to 1 in 400.
 */
const WILD_VARIETY = 1.3;
/** The weights are lost, which no remedy changes. */
const LOST = 2;

export const divergence: Rule = {
  title: "Diverging",
  reason:
    "An update that goes further than its gradient is right for makes the next gradient longer, and so on: losses and weights grow until they are no numbers any more, and on the way there pixels are driven to black and white, where no gradient moves them. Smaller steps, or a limit to the length of each, keep it together. Once a loss is no number, only a new run helps.",
  remedies: [
    clipGradient("generator"),
    clipGradient("discriminator"),
    slower("generator", 10),
    slower("discriminator", 10),
  ],
  examine: (signs) => {
    if (signs.diverged) {
      return { level: LOST, known: true, evidence: "A loss is not a number any more, so the weights are lost." };
    }
    if (signs.step < FIRST_JUDGED_STEP) return null;
    const players: readonly Phase[] = ["generator", "discriminator"];
    const found = players.flatMap((player) => growthOf(signs, player));
    return [...found, ...ofVariety(signs)].toSorted((left, right) => right.level - left.level)[0] ?? null;
  },
};

function ofVariety({ variety }: Signs): readonly Finding[] {
  if (variety === null) return [];
  return [
    {
      // Squared, so that a diagnosis ends where samples differ about as much as real images.
      level: (variety / WILD_VARIETY) ** 2,
      evidence: `The cells of the grid differ ${formatShort(variety)} times as much from each other as real images do.`,
    },
  ];
}

function growthOf({ history }: Signs, player: Phase): readonly Finding[] {
  const watched = [
    { column: `${player}Loss`, name: "loss", runaway: RUNAWAY_LOSS },
    { column: `${player}GradientNorm`, name: "gradient", runaway: RUNAWAY_GRADIENT },
  ] as const;
  return watched.flatMap(({ column, name, runaway }) => {
    const [early, late] = [earlyTypical(history, column), lastTypical(history, column)];
    if (early === null || late === null) return [];
    return {
      level: Math.abs(late) / (runaway * Math.max(LEAST, Math.abs(early))),
      evidence: `The ${player}’s ${name} is typically ${formatShort(late)} now; in the first steps it was ${formatShort(early)}.`,
    };
  });
}
