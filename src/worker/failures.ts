/** Turns whatever was thrown in the worker into words for a person. It must not know who reports them. */
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

/** Thrown when the device that holds the run's tensors is gone. */
export class DeviceLostError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "DeviceLostError";
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
    return {
      code: "deviceLost",
      message: `The graphics device is gone: ${error.message}`,
      safe: "Your settings, and the measurements and images on screen.",
      next: "Start a new worker with the same settings, or choose another backend.",
    };
  }
  return {
    code: "unexpected",
    message: `Something went wrong that should not: ${error instanceof Error ? error.message : String(error)}`,
    safe: "Your settings, and the measurements and images on screen.",
    next: "Reset to begin anew; if it happens again, start a new worker or choose another backend.",
  };
}
