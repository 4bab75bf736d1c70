/** How good samples of the weights that stand are. */
import type { Answerer } from "./answers.ts";
import { evaluationOf } from "./measurable.ts";

export const measure: Answerer<"measure"> = async function* (subject, { extent }) {
  const reading = yield* evaluationOf(subject).measure(subject.trainer.run, extent);
  subject.quality?.record(reading);
  return reading;
};
