/** The evaluators that there are: a plain table, one a data set with labels. It loads nothing. */
import type { DataSetName } from "../../gan/config.ts";

export interface EvaluatorEntry {
  /** Where weights (.bin) and report (.json) lie, relative to the page, without their endings. */
  readonly path: string;
  /** What the classes are called, by label. */
  readonly classes: readonly string[];
  /** What one of the classes is called, in the plural. */
  readonly kinds: string;
}

export const EVALUATORS: Readonly<Partial<Record<DataSetName, EvaluatorEntry>>> = {
  mnist: {
    path: "evaluator/mnist",
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    kinds: "digits",
  },
};
