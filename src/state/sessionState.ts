/** What is known of the run and of the config wanted for it. Plain: it must not know how any of it comes about. */
import type { BackendChoice } from "../engine/backends.ts";
import type { Config, Phase } from "../gan/config.ts";
import type {
  DataProgressEvent,
  FailedEvent,
  Fingerprints,
  NetworkSummary,
  NotRecordedEvent,
  PreparationEvent,
  ReadyEvent,
  RunId,
} from "../worker/protocol.ts";
import type { LinkedConfig } from "./link.ts";
import type { TimedMarker } from "./markers.ts";
import type { RunPhase } from "./runStatus.ts";

export interface SessionState {
  /** The preset that the wanted config started from. */
  readonly presetId: string;
  /** What the controls show. */
  readonly wanted: Config;
  /** What the run was made with, and tuned to since. */
  readonly running: Config;
  readonly run: RunId;
  readonly phase: RunPhase;
  readonly started: boolean;
  readonly backendChoice: BackendChoice;
  readonly backend: ReadyEvent["backend"] | null;
  readonly networks: Readonly<Record<Phase, NetworkSummary>> | null;
  readonly fingerprints: Fingerprints | null;
  /** How many kernels are compiled, while some still are; null otherwise. */
  readonly preparation: PreparationEvent | null;
  /** Why the last player that cannot be replayed is not; null where nothing is to be said, or it was taken note of. */
  readonly notRecorded: NotRecordedEvent | null;
  readonly data: DataProgressEvent | null;
  readonly failure: FailedEvent | null;
  /** Seconds that the worker has not answered for; 0 while it does. */
  readonly silentSeconds: number;
  /** What was wrong with the link that the page was opened with. */
  readonly linkProblems: readonly string[];
  readonly markers: readonly TimedMarker[];
  /** The last change of a setting that could not be made, and why, in a sentence; null once another was made. */
  readonly refused: { readonly path: string; readonly reason: string } | null;
}

/** What a link was read as, and what was wrong with it. */
export type Start = LinkedConfig & { readonly problems: readonly string[] };

/** Before there is any run. */
export function stateAtStart(start: Start, backendChoice: BackendChoice): SessionState {
  return {
    presetId: start.presetId,
    wanted: start.config,
    running: start.config,
    run: "",
    phase: "preparing",
    started: false,
    backendChoice,
    backend: null,
    networks: null,
    fingerprints: null,
    preparation: null,
    notRecorded: null,
    data: null,
    failure: null,
    silentSeconds: 0,
    linkProblems: start.problems,
    markers: [],
    refused: null,
  };
}
