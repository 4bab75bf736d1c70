/** Everything that can be asked of a run, one row each: types alone. Beside it, each question has a file, and its answer another. */
import type { DeadUnitsQuestion } from "./deadUnits.question.ts";
import type { ActivityQuestion } from "./activity.question.ts";
import type { FeatureMapsQuestion } from "./featureMaps.question.ts";
import type { FiltersQuestion } from "./filters.question.ts";
import type { HistoryQuestion } from "./history.question.ts";
import type { JudgeQuestion } from "./judge.question.ts";
import type { LatentsQuestion } from "./latents.question.ts";
import type { MakeClassQuestion } from "./makeClass.question.ts";
import type { MeasureQuestion } from "./measure.question.ts";
import type { NearestQuestion } from "./nearest.question.ts";
import type { OcclusionQuestion } from "./occlusion.question.ts";
import type { PlaneQuestion } from "./plane.question.ts";
import type { PointsQuestion } from "./points.question.ts";
import type { ProjectQuestion } from "./project.question.ts";
import type { RenderQuestion } from "./render.question.ts";
import type { SaliencyQuestion } from "./saliency.question.ts";
import type { SlowStepQuestion } from "./slowStep.question.ts";

/** What a question says, what comes on the way to its answer (never, where nothing does), and the answer. */
export interface QuestionTypes {
  readonly question: unknown;
  readonly interim: unknown;
  readonly answer: unknown;
}

/** Adding a question is its two files, a row here, and a line in answers.ts. */
export interface Questions {
  readonly render: RenderQuestion;
  readonly history: HistoryQuestion;
  readonly latents: LatentsQuestion;
  readonly project: ProjectQuestion;
  readonly makeClass: MakeClassQuestion;
  readonly measure: MeasureQuestion;
  readonly nearest: NearestQuestion;
  readonly deadUnits: DeadUnitsQuestion;
  readonly slowStep: SlowStepQuestion;
  readonly points: PointsQuestion;
  readonly plane: PlaneQuestion;
  readonly judge: JudgeQuestion;
  readonly saliency: SaliencyQuestion;
  readonly occlusion: OcclusionQuestion;
  readonly featureMaps: FeatureMapsQuestion;
  readonly filters: FiltersQuestion;
  readonly activity: ActivityQuestion;
}

export type QuestionName = keyof Questions;
export type QuestionOf<Name extends QuestionName> = Questions[Name]["question"];
export type InterimOf<Name extends QuestionName> = Questions[Name]["interim"];
export type AnswerOf<Name extends QuestionName> = Questions[Name]["answer"];

/** A question with its name, as it travels. */
export type Asked = {
  readonly [Name in QuestionName]: { readonly name: Name; readonly question: QuestionOf<Name> };
}[QuestionName];

/** Something on the way to an answer, with the question's name. */
export type Interim = {
  readonly [Name in QuestionName]: { readonly name: Name; readonly interim: InterimOf<Name> };
}[QuestionName];

/** An answer with its question's name. */
export type Answered = {
  readonly [Name in QuestionName]: { readonly name: Name; readonly answer: AnswerOf<Name> };
}[QuestionName];
