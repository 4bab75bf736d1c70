/** What the tool that makes evaluators and its worker say to each other: types alone. */
import type { ImageSetName } from "../../../src/data/catalogue.ts";
import type { EvaluatorReport } from "../../../src/metrics/evaluator/report.ts";

export interface EvaluatorRequest {
  readonly dataSet: ImageSetName;
  readonly seed: number;
  /** Whether to train anew; else the weights that lie in the repository are measured. */
  readonly train: boolean;
}

export type EvaluatorEvent =
  /** The processor in words. */
  | { readonly type: "started"; readonly device: string }
  | { readonly type: "progress"; readonly step: number; readonly steps: number; readonly loss: number }
  /** The evaluator's file as bytes, and the report on it as JSON. */
  | { readonly type: "done"; readonly file: readonly number[]; readonly report: EvaluatorReport }
  | { readonly type: "failed"; readonly message: string };
