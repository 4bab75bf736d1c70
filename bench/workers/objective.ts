/** What every peer is written for: the objective and the optimisers of the measured presets. It knows configs alone. */
import { DEFAULT_CONFIG, type Config, type OptimizerConfig, type Phase } from "../../src/gan/config.ts";

/** Fields that the peers do not look at: they train as the default config says. */
const PLAIN = [
  "loss",
  "discriminatorSteps",
  "generatorSteps",
  "gradientPenalty",
  "weightClip",
  "gradientClip",
  "learningRateSchedule",
] as const satisfies readonly (keyof Config)[];

/** Throws when a config asks for more than the peers do. */
export function checkObjective(config: Config): void {
  const other = PLAIN.find((field) => JSON.stringify(config[field]) !== JSON.stringify(DEFAULT_CONFIG[field]));
  if (other === undefined) return;
  throw new Error(`The peers train by the plain rules alone; this config has another ${other}.`);
}

/** The settings of a player's Adam. Throws when it has another optimiser. */
export function adamOf(config: Config, player: Phase): Extract<OptimizerConfig, { readonly type: "adam" }> {
  const optimizer = config.optimizer[player];
  if (optimizer.type === "adam") return optimizer;
  throw new Error(`The peers train with Adam; the ${player} has ${optimizer.type}.`);
}
