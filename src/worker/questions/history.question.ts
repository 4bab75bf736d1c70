/** The question for all measurements of a run, not thinned: types alone. */
import type { History } from "../protocol.ts";

export interface HistoryQuestion {
  readonly question: null;
  readonly interim: never;
  readonly answer: History;
}
