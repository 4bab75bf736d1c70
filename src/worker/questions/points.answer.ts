/** Points of given or fresh latents, made in chunks, between which the run may go on. */
import { CommandError } from "../failures.ts";
import type { Answerer } from "./answers.ts";
import { rendered } from "./rendering.ts";

export const points: Answerer<"points"> = async ({ trainer: { run } }, source) => {
  if (!run.makesPoints) throw new CommandError("This run makes images, not points.", "Choose a data set of points.");
  const parts: number[] = [];
  for await (const { values } of rendered(run, source)) parts.push(...values);
  return Float32Array.from(parts);
};
