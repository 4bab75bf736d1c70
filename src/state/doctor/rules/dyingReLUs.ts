/** Units that answer nothing, whatever they are asked. */
import { clipGradient, slower } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { formatShare } from "../words.ts";

/** Of one layer. Some dead units are common, and harmless. Measured: none in 400 steps of the fast DCGAN. */
const MOST_ALIVE = 0.5;

export const dyingReLUs: Rule = {
  title: "Dying ReLUs",
  reason:
    "A ReLU is zero, and flat, below zero. A long step can push a unit there for every input; then no gradient reaches it, and it never comes back. Shorter steps keep the others alive. A leaky ReLU lets a little gradient through on either side: choose it in Build, for a new run (Maas et al. 2013).",
  remedies: [slower("generator"), clipGradient("generator")],
  examine: ({ deadUnits }) => {
    const shares = (deadUnits?.layers ?? []).map(({ layer, units, dead }) => ({
      layer,
      units,
      dead,
      share: dead / units,
    }));
    const worst = shares.toSorted((left, right) => right.share - left.share)[0];
    if (deadUnits === null || worst === undefined) return null;
    return {
      level: worst.share / MOST_ALIVE,
      evidence: `In layer ${String(worst.layer + 1)} of the generator ${formatShare(worst.share)} of ${String(worst.units)} units were zero for all of ${String(deadUnits.samples)} samples.`,
    };
  },
};
