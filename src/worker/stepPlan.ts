/** What a step, or a half of one, is made of. Pure; it must not know how updates are made. */
import type { Config, Phase } from "../gan/config.ts";

type Steps = Pick<Config, "discriminatorSteps" | "generatorSteps">;

/** How many updates of each player: the discriminator's come first. Half a step is one update of one player. */
export function updatesOf(phase: Phase | "both", config: Steps): Readonly<Record<Phase, number>> {
  if (phase !== "both") return { generator: 0, discriminator: 0, [phase]: 1 };
  return { discriminator: config.discriminatorSteps, generator: config.generatorSteps };
}

/** Whether a step ends with it: a step ends with the generator's updates, or with the discriminator's where there are no others. */
export function endsStep(phase: Phase | "both", { generatorSteps }: Steps): boolean {
  return phase === "both" || phase === (generatorSteps > 0 ? "generator" : "discriminator");
}

/** The result of the last of so many updates, which is told that it is; null where there is none. */
export function lastOf<Result>(updates: number, make: (isLast: boolean) => Result): Result | null {
  let last: Result | null = null;
  for (let made = 0; made < updates; made++) last = make(made === updates - 1);
  return last;
}
