/** How good the samples are now. */
import { CommandError } from "../failures.ts";
import type { Answerer } from "./answers.ts";

export const measure: Answerer<"measure"> = async function* ({ trainer: { run }, evaluation, quality }, { extent }) {
  if (evaluation === null) {
    throw new CommandError("Only images are measured, and this run makes points.", "Choose a data set of images.");
  }
  if (!evaluation.ready) {
    throw new CommandError(
      "The real images are not all here yet, and samples are measured beside them.",
      "Wait until the data set has come, then measure again.",
    );
  }
  const reading = yield* evaluation.measure(run, extent);
  quality?.record(reading);
  return reading;
};
