/** The question how good the samples are now: types alone. */
import type { QualityReading } from "../../metrics/quality.ts";

/** Answered from the weights that stand when its answer begins, whatever training does meanwhile. */
export interface MeasureQuestion {
  /** "watched" leaves out what is not measured while training. */
  readonly question: { readonly extent: "all" | "watched" };
  readonly interim: never;
  readonly answer: QualityReading;
}
