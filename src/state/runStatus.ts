/** The state of the run in words. It knows the session's state and must not know how it is shown. */
import { formatCount } from "../shared/counts.ts";
import type { DataProgressEvent, FailedEvent, PreparationEvent } from "../worker/protocol.ts";

export type RunPhase =
  /** Configured, not answered yet. */
  | "preparing"
  /** Stands at step 0. */
  | "ready"
  /** Asked to train; `started` says whether it does. */
  | "training"
  | "stepping"
  | "pausing"
  | "paused"
  /** Cannot go on as it is; the failure says why. */
  | "stopped";

export interface RunCondition {
  readonly phase: RunPhase;
  /** Whether the worker has said that steps are being taken. */
  readonly started: boolean;
  readonly step: number;
  /** How many kernels are compiled, while some still are; null otherwise. */
  readonly preparation: PreparationEvent | null;
  readonly data: DataProgressEvent | null;
  readonly failure: FailedEvent | null;
}

export function describeRun(condition: RunCondition): string {
  const { phase, step, failure, preparation } = condition;
  switch (phase) {
    case "preparing":
      return "Preparing…";
    case "ready":
      if (preparation !== null) return describePreparation(preparation);
      return "Ready. Untrained: what you see is what the generator makes of noise.";
    case "training":
      return isWaiting(condition) ? describeWait(condition) : "Training";
    case "stepping":
      return preparation !== null ? describePreparation(preparation) : "Taking one step…";
    case "pausing":
      return "Pausing…";
    case "paused":
      return `Paused at step ${formatCount(step)}`;
    case "stopped":
      return `Stopped: ${failure?.message ?? "something went wrong."}`;
    default:
      return phase satisfies never;
  }
}

/** The worker takes the command at once, and begins when there are images. */
function isWaiting({ started, data }: RunCondition): boolean {
  return !started || data?.availableImages === 0;
}

/** Training begins by itself afterwards. */
function describePreparation({ ready, total }: PreparationEvent): string {
  return `Preparing ${String(ready)} of ${String(total)} kernels, the small programs that a step runs on the device…`;
}

function describeWait({ preparation, data, failure }: RunCondition): string {
  if (preparation !== null) return describePreparation(preparation);
  if (failure !== null && isDataFailure(failure)) return `Waiting for data: ${failure.message}`;
  if (data === null || data.totalBytes === 0) return "Starting…";
  if (data.receivedBytes >= data.totalBytes) return "Starting…";
  return `Downloading data ${String(Math.floor((100 * data.receivedBytes) / data.totalBytes))} %`;
}

/** Failures of the download leave the run as it is: it goes on when the data comes. */
export function isDataFailure({ code }: FailedEvent): boolean {
  return code === "dataDownload" || code === "dataDamaged";
}

/** Whether pressing the button means Pause rather than Train. */
export function isUnderWay(phase: RunPhase): boolean {
  return phase === "training" || phase === "pausing";
}
