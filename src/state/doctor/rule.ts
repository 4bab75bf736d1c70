/** What the doctor goes by: signs of a run, rules that read them, remedies. Types alone: it must not know any rule. */
import type { Config } from "../../gan/config.ts";
import type { SettingValue } from "../../gan/settings.ts";
import type { QualityReading } from "../../metrics/quality.ts";
import type { History, RecentScores } from "../../worker/protocol.ts";
import type { DeadUnits } from "../../worker/questions/deadUnits.question.ts";

/** What is known of a run; null where it is not known, or cannot be for the data set. */
export interface Signs {
  readonly config: Config;
  /** Steps done. */
  readonly step: number;
  /** The run so far, thinned to rows that keep every extreme. */
  readonly history: History;
  /** Scores of the last steps, a row each. */
  readonly recent: RecentScores;
  /** Whether a loss is no number any more. */
  readonly diverged: boolean;
  /** The last measurement of samples. */
  readonly quality: QualityReading | null;
  /** How much the cells of the grid differ from each other, beside real images: 1 is as much as these do. */
  readonly variety: number | null;
  /** Of the clouds of the data, where they have any. */
  readonly modes: { readonly covered: number; readonly modes: number } | null;
  /** Of the generator. */
  readonly deadUnits: DeadUnits | null;
}

/** What a rule sees. */
export interface Finding {
  /** How ill the run is: a diagnosis begins at 1, and ends below 0.7, where looks in a row agree. */
  readonly level: number;
  /** Whether it is known, not judged by what is typical: the diagnosis then begins at once. */
  readonly known?: true;
  /** One sentence with the numbers. */
  readonly evidence: string;
}

/** A live setting that may help. */
export interface Remedy {
  readonly path: string;
  /** The value to set it to; undefined where that would be no remedy. */
  readonly to: (config: Config) => SettingValue | undefined;
}

export interface Rule {
  /** What is the matter, in two or three words. */
  readonly title: string;
  /** Why it happens, as a textbook would say, and what helps. */
  readonly reason: string;
  readonly remedies: readonly Remedy[];
  /** Null where the signs say nothing about it. */
  readonly examine: (signs: Signs) => Finding | null;
}
