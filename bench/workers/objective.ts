/** What every peer is written for: the objective and the optimisers of the measured presets. It knows configs alone. */
import type { Config, OptimizerConfig, Phase } from "../../src/gan/config.ts";

/** Throws when a config asks for more than the peers do. */
export function checkObjective({ loss, discriminatorSteps, gradientPenalty, weightClip }: Config): void {
  if (loss === "nonSaturating" && discriminatorSteps === 1 && gradientPenalty === null && weightClip === null) return;
  throw new Error("The peers train with the non-saturating loss, one discriminator step, no penalty and no clipping.");
}

/** The settings of a player's Adam. Throws when it has another optimiser. */
export function adamOf(config: Config, player: Phase): Extract<OptimizerConfig, { readonly type: "adam" }> {
  const optimizer = config.optimizer[player];
  if (optimizer.type === "adam") return optimizer;
  throw new Error(`The peers train with Adam; the ${player} has ${optimizer.type}.`);
}
