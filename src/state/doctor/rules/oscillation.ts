/** Players that chase each other in circles. */
import { formatCount } from "../../../shared/counts.ts";
import { mean, standardDeviation } from "../../../shared/statistics.ts";
import type { RecentScores } from "../../../worker/protocol.ts";
import { slower } from "../remedies.ts";
import type { Finding, Remedy, Rule } from "../rule.ts";
import { FIRST_JUDGED_STEP, quantile } from "../series.ts";
import { formatScore } from "../words.ts";

/** Circles may be short or long: so many last steps are looked at, each stretch through means of a PARTS-th of it. */
const STRETCHES = [100, 200, 500, 1000, 2000] as const;
const PARTS = 25;
/**
 * How far each player is ahead in its turn, as a difference of mean scores. Measured: 0.2 and more either way by a linear
 * generator and a linear critic, which nothing holds; 0.07 by eight clouds that collapse. A DCGAN that is well scores every
 * other batch 0.4 higher, but in the mean of four steps real images stay 0.3 ahead of fakes.
 */
const CLEAR_LEAD = 0.1;
/** Changes of the lead in a stretch. */
const MANY_CHANGES = 4;
/** The deviation of the means beside that of single steps: at most a half for noise, and next to nothing for jumps at every step. */
const LASTING = 0.8;

const AVERAGE: Remedy = { path: "averageDecay", to: ({ averageDecay }) => (averageDecay === null ? 0.999 : undefined) };

const SHORTER_MEMORY: Remedy = {
  path: "optimizer.generator.beta1",
  to: ({ optimizer: { generator } }) => (generator.type === "adam" && generator.beta1 > 0.5 ? 0.5 : undefined),
};

export const oscillation: Rule = {
  title: "Going in circles",
  reason:
    "Each player answers the other’s last move, and by the time it has answered, the other has moved on. Nothing damps this by itself: two players that follow their gradients may circle a fair ending for ever (Mescheder et al. 2018, section 2). Smaller moves make smaller circles, and the average of the weights lies in their middle. What ends them is a discriminator that may not be steep where real data lie: in a new run, choose the gradient penalty R1.",
  remedies: [slower("generator"), slower("discriminator"), SHORTER_MEMORY, AVERAGE],
  examine: ({ step, recent }) => {
    if (step < FIRST_JUDGED_STEP) return null;
    const leads = leadsOf(recent);
    const findings = STRETCHES.filter((steps) => steps <= leads.length).map((steps) => circlesIn(leads.slice(-steps)));
    return findings.toSorted((left, right) => right.level - left.level)[0] ?? null;
  },
};

/** How much higher real images were scored than fakes, step by step. */
function leadsOf({ realScore, fakeScore }: RecentScores): readonly number[] {
  return Array.from(realScore, (real, row) => real - (fakeScore[row] ?? NaN)).filter(Number.isFinite);
}

function circlesIn(leads: readonly number[]): Finding {
  const length = leads.length / PARTS;
  const means = Array.from({ length: PARTS }, (_, part) => mean(leads.slice(part * length, (part + 1) * length)));
  const [low, high] = [quantile(means, 0.1), quantile(means, 0.9)];
  const changes = changesBetween(means, low, high);
  const lasting = standardDeviation(means) / (standardDeviation(leads) || 1);
  return {
    level: Math.max(0, Math.min(Math.min(high, -low) / CLEAR_LEAD, changes / MANY_CHANGES, lasting / LASTING)),
    evidence: `In the last ${formatCount(leads.length)} steps the lead changed ${String(changes)} times: real images were scored about ${formatScore(high)} higher than fakes, then ${formatScore(-low)} lower.`,
  };
}

/** How often some numbers go from the lower third between two to the upper third, or back. */
function changesBetween(values: readonly number[], low: number, high: number): number {
  const third = (high - low) / 3;
  let [changes, side] = [0, 0];
  for (const value of values) {
    const now = value <= low + third ? -1 : value >= high - third ? 1 : 0;
    if (now === 0 || now === side) continue;
    if (side !== 0) changes += 1;
    side = now;
  }
  return changes;
}
