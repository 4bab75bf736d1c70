/** The option --backend, which every tool has that trains. It must not know what becomes of the backend. */
import { BACKENDS, isBackendChoice, type BackendChoice } from "../../src/engine/backends.ts";
import { UsageError } from "./usage.ts";

/** What may be chosen, as a person reads it. */
export const BACKEND_NAMES = ["auto", ...Object.keys(BACKENDS)].join(", ");

/** The backend that was asked for, or a UsageError. */
export function backendFrom(text: string): BackendChoice {
  if (isBackendChoice(text)) return text;
  throw new UsageError(`--backend is ${text}; it must be ${BACKEND_NAMES}.`);
}
