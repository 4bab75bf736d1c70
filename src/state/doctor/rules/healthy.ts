/** A duel in which both still learn. It is told where no other rule has found anything. */
import { formatCount } from "../../../shared/counts.ts";
import { hasProbabilities } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { FIRST_JUDGED_STEP, lastStretch, lastTypical } from "../series.ts";
import { formatScore, formatShort } from "../words.ts";

export const healthy: Rule = {
  title: "Healthy",
  reason:
    "Neither player has won, and both get gradients to learn from. Losses of a duel do not fall as those of other trainings do, since each player makes the other’s task harder: look at the samples, and measure them.",
  remedies: [],
  examine: ({ config, step, history }) => {
    const real = lastTypical(history, "realScore");
    const fake = lastTypical(history, "fakeScore");
    const norm = lastTypical(history, "generatorGradientNorm");
    if (step < FIRST_JUDGED_STEP || real === null || fake === null || norm === null) return null;
    const scores = hasProbabilities(config.loss)
      ? `scores were typically ${formatScore(real)} for real and ${formatScore(fake)} for fake, and the generator’s gradient ${formatShort(norm)} long`
      : `the generator’s gradient was typically ${formatShort(norm)} long, and neither loss ran away`;
    return { level: 1, evidence: `Over the last ${formatCount(lastStretch(step))} steps ${scores}.` };
  },
};
