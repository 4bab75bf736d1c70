/** A generator that makes few different things. */
import { singleSteps, slower } from "../remedies.ts";
import type { Finding, Remedy, Rule, Signs } from "../rule.ts";
import { formatShort } from "../words.ts";

/** Untrained generators make one grey thing: that passes. */
const FIRST_STEP = 200;
/**
 * Of the clouds, or of the classes. Measured: the preset of mode collapse covers none or one of its eight clouds from step
 * 200 on, its cure seven or more, and the grid of 25 clouds never less than 18. One generator step instead of ten, taken at
 * step 400, brings all eight back by step 1,800; a tenth of the learning rate by step 3,800.
 */
const HALF = 0.5;
/** Share of samples that lie among real images from which on their classes are believed. */
const MOSTLY_REAL = 0.5;
/**
 * Samples that differ so much less than real images are nearly one. Measured, where nothing is lost: 0.33 or more for
 * perceptrons, as their samples leave the first grey, 0.88 or more for convolutions from step 200 on.
 */
const LITTLE_VARIETY = 0.25;
/** No need to tell how much worse it is. */
const WORST = 4;

const MORE_JUDGING: Remedy = {
  path: "discriminatorSteps",
  to: ({ discriminatorSteps, generatorSteps }) => (generatorSteps === 1 && discriminatorSteps === 1 ? 2 : undefined),
};

export const collapse: Rule = {
  title: "Mode collapse",
  reason:
    "Nothing in the generator’s loss asks for variety: to be believed, it may make the one thing that the discriminator doubts least. As soon as the discriminator knows that one, the generator moves on to another. A generator that moves less between two answers of the discriminator cannot run so far (Goodfellow 2016, section 5.1.1; Metz et al. 2016).",
  remedies: [singleSteps("generator"), slower("generator"), MORE_JUDGING],
  examine: (signs) => {
    if (signs.step < FIRST_STEP) return null;
    const found = [ofModes(signs), ofClasses(signs), ofVariety(signs)].filter((finding) => finding !== null);
    return found.toSorted((left, right) => right.level - left.level)[0] ?? null;
  },
};

function ofModes({ modes }: Signs): Finding | null {
  if (modes === null) return null;
  return {
    level: levelOf(HALF, modes.covered / modes.modes),
    evidence: `Fake points lie in ${String(modes.covered)} of the ${String(modes.modes)} clouds of the data.`,
  };
}

/**
 * Where most samples are nothing that the classifier knows, that few classes are covered says nothing of variety. It takes
 * noise for some class, too: all samples of MNIST's perceptrons for an 8 at step 400, and 1,783 of 2,000 at step 1,363 of
 * batches of 16, when 1 % and 31 % of them lay among real images. Of real images 85 % do.
 */
function ofClasses({ quality }: Signs): Finding | null {
  const covered = quality?.measures.covered ?? null;
  const histogram = quality?.histogram ?? null;
  if (quality === null || covered === null || histogram === null) return null;
  const recognised = histogram.counts.reduce((sum, count) => sum + count, 0);
  if (recognised < histogram.unrecognised || (quality.measures.precision ?? 0) < MOSTLY_REAL) return null;
  const classes = histogram.counts.length;
  return {
    level: levelOf(HALF, covered / classes),
    evidence: `At step ${String(quality.step)} the samples covered ${String(covered)} of ${String(classes)} classes.`,
  };
}

function ofVariety({ variety }: Signs): Finding | null {
  if (variety === null) return null;
  return {
    level: levelOf(LITTLE_VARIETY, variety),
    evidence: `The cells of the grid differ ${formatShort(variety)} times as much from each other as real images do.`,
  };
}

function levelOf(threshold: number, value: number): number {
  return Math.min(WORST, threshold / value);
}
