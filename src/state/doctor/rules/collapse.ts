/** A generator that makes few different things. */
import { singleSteps, slower } from "../remedies.ts";
import type { Finding, Remedy, Rule, Signs } from "../rule.ts";
import { formatShort } from "../words.ts";

/** Untrained generators make one grey thing: that passes. */
const FIRST_STEP = 200;
/** Half of the clouds, or of the classes. */
const HALF = 0.5;
/** Samples that differ so much less than real images are nearly one. */
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

/** Where most samples are nothing that the classifier knows, that few classes are covered says nothing of variety. */
function ofClasses({ quality }: Signs): Finding | null {
  const covered = quality?.measures.covered ?? null;
  const histogram = quality?.histogram ?? null;
  if (quality === null || covered === null || histogram === null) return null;
  const recognised = histogram.counts.reduce((sum, count) => sum + count, 0);
  if (recognised < histogram.unrecognised) return null;
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
