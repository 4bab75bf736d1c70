/** Turns whatever was thrown in the worker into words for a person. It must not know who reports them. */
import { formatCount } from "../shared/counts.ts";
import { DataError } from "../data/dataError.ts";
import { BackendError } from "../engine/backend.ts";
import { NetworkError } from "../gan/networkShape.ts";
import type { FailedEvent } from "./protocol.ts";

export type Failure = Pick<FailedEvent, "code" | "message" | "safe" | "next">;

/** Thrown at the edge where a command enters: it makes no sense now, and changes nothing. */
export class CommandError extends Error {
  readonly safe = "Nothing was changed.";
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.name = "CommandError";
    this.next = next;
  }
}

/** Thrown when the device that holds the run's tensors is gone: at which step, and of which step a snapshot is left. */
export class DeviceLostError extends Error {
  readonly step: number | null;
  readonly savedStep: number | null;

  constructor(reason: string, step: number | null, savedStep: number | null) {
    super(reason);
    this.name = "DeviceLostError";
    this.step = step;
    this.savedStep = savedStep;
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) {
    return { code: "badCommand", message: error.message, safe: error.safe, next: error.next };
  }
  if (error instanceof NetworkError) {
    return {
      code: "impossibleNetwork",
      message: error.message,
      safe: "Your settings are kept.",
      next: "Change that layer or its neighbours, then reset.",
    };
  }
  if (error instanceof BackendError) {
    return { code: "backendUnavailable", message: error.message, safe: error.safe, next: error.next };
  }
  if (error instanceof DataError) {
    return { code: error.code, message: error.message, safe: error.safe, next: error.next };
  }
  if (error instanceof DeviceLostError) {
    return { code: "deviceLost", ...describeLoss(error) };
  }
  return {
    code: "unexpected",
    message: `Something went wrong that should not: ${error instanceof Error ? error.message : String(error)}`,
    safe: "Your settings, and the measurements and images on screen.",
    next: "Reset to begin anew; if it happens again, start a new worker or choose another backend.",
  };
}

function describeLoss({ message, step, savedStep }: DeviceLostError): Omit<Failure, "code"> {
  const when = step === null ? "" : ` at step ${formatCount(step)}`;
  const lost = `The graphics device is gone${when}${message === "" ? "." : `: ${message}`}`;
  if (savedStep === null) {
    return {
      message: lost,
      safe: "Your settings, and the measurements and images on screen. Nothing of the weights had been saved yet.",
      next: "Start a new worker with the same settings, or choose another backend.",
    };
  }
  const saved = formatCount(savedStep);
  const again = savedStep === step ? "" : " The steps since then are made again.";
  return {
    message: lost,
    safe: `Your settings, the measurements and images on screen, and a snapshot of the whole run at step ${saved}.`,
    next: `Go on from step ${saved}: on a new device, or on the processor if none comes.${again}`,
  };
}
