/** What the tool that makes evaluators and its worker say to each other: types alone. */
import type { DataSetName } from "../../../src/gan/config.ts";

export interface EvaluatorRequest {
  readonly dataSet: DataSetName;
  readonly seed: number;
  /** Whether to train anew; else the weights that lie in the repository are measured. */
  readonly train: boolean;
}

export type EvaluatorEvent =
  /** The processor in words. */
  | { readonly type: "started"; readonly device: string }
  | { readonly type: "progress"; readonly step: number; readonly steps: number; readonly loss: number }
  /** The weights as bytes, and the report on them as JSON. */
  | { readonly type: "done"; readonly weights: readonly number[]; readonly report: EvaluatorOutcome }
  | { readonly type: "failed"; readonly message: string };

/** As much of the report as the tool prints. */
export interface EvaluatorOutcome {
  readonly weights: { readonly parameters: number; readonly bytes: number };
  readonly test: { readonly images: number; readonly mistakes: number; readonly accuracy: number };
}
