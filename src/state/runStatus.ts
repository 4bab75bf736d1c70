/** The state of the run in words. It knows the session's state and must not know how it is shown. */
import type { DataProgressEvent, FailedEvent } from "../worker/protocol.ts";

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
  readonly data: DataProgressEvent | null;
  readonly failure: FailedEvent | null;
}

export function describeRun(condition: RunCondition): string {
  const { phase, step, failure } = condition;
  switch (phase) {
    case "preparing":
      return "Preparing…";
    case "ready":
      return "Ready. Untrained: the grid shows what the generator makes of noise.";
    case "training":
      return isWaiting(condition) ? describeWait(condition) : "Training";
    case "stepping":
      return "Taking one step…";
    case "pausing":
      return "Pausing…";
    case "paused":
      return `Paused at step ${step.toLocaleString("en")}`;
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

function describeWait({ data, failure }: RunCondition): string {
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
