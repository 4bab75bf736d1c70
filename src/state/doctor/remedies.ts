/** Remedies that several rules share. Each is a live setting of the settings table, and what to set it to. */
import type { Config, Phase } from "../../gan/config.ts";
import { settingAt } from "../../gan/settings.ts";
import type { Remedy } from "./rule.ts";

/** A learning rate divided by a number, as far as the setting's range goes. */
export function slower(player: Phase, divisor = 2): Remedy {
  const path = `optimizer.${player}.learningRate`;
  return {
    path,
    to: ({ optimizer }) => {
      const setting = settingAt(path);
      const least = setting?.kind === "number" ? setting.range[0] : 0;
      const value = Number((optimizer[player].learningRate / divisor).toPrecision(3));
      return value < least ? undefined : value;
    },
  };
}

/** One update of that player in each step, where it has more. */
export function singleSteps(player: Phase): Remedy {
  const field = `${player}Steps` as const;
  return { path: field, to: (config) => (config[field] > 1 ? 1 : undefined) };
}

/** Doubt about real images, where the loss has labels and they are more certain than that. */
export const SMOOTH_LABELS: Remedy = {
  path: "labelSmoothing",
  to: ({ loss, labelSmoothing }) => (hasProbabilities(loss) && labelSmoothing > 0.9 ? 0.9 : undefined),
};

/** No update longer than 1, where none is shortened yet. */
export function clipGradient(player: Phase): Remedy {
  return { path: `gradientClip.${player}`, to: ({ gradientClip }) => (gradientClip[player] === null ? 1 : undefined) };
}

/** Whether σ(D) is the probability that the loss makes of it; elsewhere it says little. */
export function hasProbabilities(loss: Config["loss"]): boolean {
  return loss === "nonSaturating" || loss === "minimax";
}
