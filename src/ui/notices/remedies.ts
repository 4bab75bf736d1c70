/** What a person can do about a failure: a plain table. It must not know how it is shown. */
import { formatCount } from "../../shared/counts.ts";
import { BACKENDS } from "../../engine/backends.ts";
import type { Session } from "../../state/session.ts";
import type { FailureCode } from "../../worker/protocol.ts";

export interface Remedy {
  readonly label: string;
  readonly perform: (session: Session) => void;
}

const RETRY: Remedy = {
  label: "Retry download",
  perform: (session) => {
    session.retryData();
  },
};
export const NEW_WORKER: Remedy = {
  label: "Start a new worker",
  perform: (session) => {
    session.restartWorker();
  },
};
const AUTOMATIC: Remedy = {
  label: "Use automatic backend",
  perform: (session) => {
    session.chooseBackend("auto");
  },
};
const RESET: Remedy = {
  label: "Start again at step 0",
  perform: (session) => {
    session.reset();
  },
};
const PRESET: Remedy = {
  label: "Back to the preset",
  perform: (session) => {
    session.choosePreset(session.store.getState().presetId);
  },
};

/** What each kind of failure is called, and what a person can do about it. */
export const FAILURES: Readonly<Record<FailureCode, { readonly title: string; readonly remedies: readonly Remedy[] }>> =
  {
    impossibleNetwork: { title: "These networks cannot be built", remedies: [PRESET] },
    backendUnavailable: { title: "This backend does not work here", remedies: [AUTOMATIC] },
    dataDownload: { title: "The data did not come", remedies: [RETRY] },
    dataDamaged: { title: "The data is damaged", remedies: [RETRY] },
    diverged: { title: "The training blew up", remedies: [RESET, PRESET] },
    deviceLost: { title: "The graphics device was lost", remedies: [NEW_WORKER, AUTOMATIC] },
    workerCrashed: { title: "The training worker died", remedies: [NEW_WORKER] },
    badCommand: { title: "That is not possible now", remedies: [] },
    unexpected: { title: "Something unexpected happened", remedies: [NEW_WORKER] },
  };

/** What was saved is in the worker, so these come before a new one. */
export function remediesFrom(savedStep: number): readonly Remedy[] {
  return [
    {
      label: `Go on from step ${formatCount(savedStep)}`,
      perform: (session) => {
        session.goOn();
      },
    },
    {
      label: `Go on with ${BACKENDS.simd.label}`,
      perform: (session) => {
        session.goOn("simd");
      },
    },
  ];
}
