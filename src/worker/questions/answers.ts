/** Who answers which question, one line each. It must not know how questions come or answers travel. */
import type { DataFeed } from "../dataFeed.ts";
import type { Evaluation } from "../evaluation.ts";
import type { RunQuality } from "../runQuality.ts";
import type { Trainer } from "../trainer.ts";
import { deadUnits } from "./deadUnits.answer.ts";
import { activity } from "./activity.answer.ts";
import { featureMaps } from "./featureMaps.answer.ts";
import { filters } from "./filters.answer.ts";
import { history } from "./history.answer.ts";
import { judge } from "./judge.answer.ts";
import { latents } from "./latents.answer.ts";
import { makeClass } from "./makeClass.answer.ts";
import { measure } from "./measure.answer.ts";
import { nearest } from "./nearest.answer.ts";
import { occlusion } from "./occlusion.answer.ts";
import { plane } from "./plane.answer.ts";
import { points } from "./points.answer.ts";
import { project } from "./project.answer.ts";
import type { AnswerOf, InterimOf, QuestionName, QuestionOf } from "./questions.ts";
import { render } from "./render.answer.ts";
import { saliency } from "./saliency.answer.ts";
import { slowStep } from "./slowStep.answer.ts";

/** What an answer may look at. */
export interface Subject {
  readonly trainer: Trainer;
  readonly feed: DataFeed;
  /** Null for data that is not measured as images are. */
  readonly evaluation: Evaluation | null;
  /** What was measured of the run; null beside an evaluation that is. */
  readonly quality: RunQuality | null;
}

/**
 * Answers one question. Between two `next` calls the run may train on, and commands are carried out: whatever takes long
 * yields what it has so far, or nothing, and must free what it holds when it is left early. Throws CommandError where a
 * question makes no sense.
 */
export type Answerer<Name extends QuestionName> = (
  subject: Subject,
  question: QuestionOf<Name>,
) => Promise<AnswerOf<Name>> | AsyncGenerator<InterimOf<Name> | undefined, AnswerOf<Name>, void>;

const ANSWERS: { readonly [Name in QuestionName]: Answerer<Name> } = {
  render,
  history,
  latents,
  project,
  makeClass,
  measure,
  nearest,
  deadUnits,
  slowStep,
  points,
  plane,
  judge,
  saliency,
  occlusion,
  featureMaps,
  filters,
  activity,
};

/** The answerer of a question. */
export function answererOf<Name extends QuestionName>(name: Name): Answerer<Name> {
  return ANSWERS[name];
}
