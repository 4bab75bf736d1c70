/** A generator that is told next to nothing. */
import { formatCount } from "../../../shared/counts.ts";
import { singleSteps, slower, SMOOTH_LABELS } from "../remedies.ts";
import type { Remedy, Rule } from "../rule.ts";
import { earlyTypical, FIRST_JUDGED_STEP, lastStretch, lastTypical } from "../series.ts";
import { formatShort } from "../words.ts";

/** A gradient that was so many times as long at the beginning has vanished … */
const SHRUNK = 100;
/**
 * … and so has one that is shorter than this, whatever it was. Measured: 0.004 to 0.008 by a critic on a leash ten times too
 * short, 0.05 and more by one on a leash of the right length, 0.04 and more on eight clouds that have collapsed.
 */
const NOTHING = 0.01;

const LONGER_LEASH: Remedy = {
  path: "weightClip",
  to: ({ weightClip }) => (weightClip !== null && weightClip < 0.01 ? 0.01 : undefined),
};

export const vanishingGradient: Rule = {
  title: "Vanishing gradient",
  reason:
    "The generator learns from the slope of the discriminator’s answer. Where the discriminator is certain, or its weights are clipped to almost nothing, that slope is flat, and the generator stays where it is. A loss that is not flat there cures it for good: in a new run, choose non-saturating, or a gradient penalty (Arjovsky and Bottou 2017, section 2).",
  remedies: [LONGER_LEASH, singleSteps("discriminator"), SMOOTH_LABELS, slower("discriminator")],
  examine: ({ step, history }) => {
    const last = lastTypical(history, "generatorGradientNorm");
    const early = earlyTypical(history, "generatorGradientNorm");
    if (step < FIRST_JUDGED_STEP || last === null) return null;
    const norm = Math.max(last, Number.EPSILON);
    const shrunk = early === null ? 0 : early / (norm * SHRUNK);
    const before = early === null ? "" : `; in the first steps it was ${formatShort(early)}`;
    return {
      level: Math.max(shrunk, NOTHING / norm),
      evidence: `Over the last ${formatCount(lastStretch(step))} steps the generator’s gradient was typically ${formatShort(last)} long${before}.`,
    };
  },
};
