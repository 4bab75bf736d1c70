/** Players that chase each other in circles. */
import { hasProbabilities, slower } from "../remedies.ts";
import type { Remedy, Rule } from "../rule.ts";
import { FIRST_JUDGED_STEP, lastStretch, lastValues, quantile } from "../series.ts";
import { formatScore } from "../words.ts";

/**
 * Between the ninth tenth and the first tenth of the scores: what single steps do does not count. Measured on presets that
 * are well: at most 0.74 of it, by MNIST's perceptrons in 800 steps, 0.68 by the fast DCGAN in 400, 0.16 by points in 1,500.
 */
const WIDE_SWING = 0.5;
/** Ways from one side to the other in the last stretch. */
const MANY_WAYS = 6;

const AVERAGE: Remedy = { path: "averageDecay", to: ({ averageDecay }) => (averageDecay === null ? 0.999 : undefined) };

const SHORTER_MEMORY: Remedy = {
  path: "optimizer.generator.beta1",
  to: ({ optimizer: { generator } }) => (generator.type === "adam" && generator.beta1 > 0.5 ? 0.5 : undefined),
};

export const oscillation: Rule = {
  title: "Going in circles",
  reason:
    "Each player answers the other’s last move, and by the time it has answered, the other has moved on. Nothing damps this by itself: two players that follow their gradients may circle a fair ending for ever (Mescheder et al. 2018, section 2). Smaller moves make smaller circles, and the average of the weights lies in their middle.",
  remedies: [slower("generator"), slower("discriminator"), SHORTER_MEMORY, AVERAGE],
  examine: ({ config, step, history }) => {
    const scores = lastValues(history, "fakeScore");
    if (!hasProbabilities(config.loss) || step < FIRST_JUDGED_STEP || scores.length === 0) return null;
    const [low, high] = [quantile(scores, 0.1), quantile(scores, 0.9)];
    const ways = waysAcross(scores, low, high);
    return {
      level: Math.min((high - low) / WIDE_SWING, ways / MANY_WAYS),
      evidence: `In the last ${String(lastStretch(step))} steps the score of fakes went ${String(ways)} times across from about ${formatScore(low)} to ${formatScore(high)} or back.`,
    };
  },
};

/** How often some numbers go from their lower third to their upper third, or back. */
function waysAcross(values: readonly number[], low: number, high: number): number {
  const third = (high - low) / 3;
  let [ways, side] = [0, 0];
  for (const value of values) {
    const now = value <= low + third ? -1 : value >= high - third ? 1 : 0;
    if (now === 0 || now === side) continue;
    if (side !== 0) ways += 1;
    side = now;
  }
  return ways;
}
