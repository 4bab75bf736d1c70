/** Whether a run can be measured yet. It must not know what is measured. */
import type { Evaluation } from "../evaluation.ts";
import { CommandError } from "../failures.ts";
import type { Subject } from "./answers.ts";

/** What measures the run. Throws a CommandError where it makes points, or where not all real images are there yet. */
export function evaluationOf({ evaluation }: Subject): Evaluation {
  if (evaluation === null) {
    throw new CommandError("Only images are measured, and this run makes points.", "Choose a data set of images.");
  }
  if (!evaluation.ready) {
    throw new CommandError(
      "Samples are measured beside all real images, and some of these have not come yet.",
      "Wait until the data set has come, then measure again.",
    );
  }
  return evaluation;
}
