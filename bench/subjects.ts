/** How a subject is reached from here, wherever it runs. It must not know what is asked of it. */
import type { Case } from "./cases.ts";
import type { BenchAnswer, BenchRequest } from "./workers/contract.ts";

/** A subject in a place of its own, which answers one request at a time. */
export interface RunningSubject {
  ask(this: void, request: BenchRequest): Promise<BenchAnswer>;
  /** Ends it, whatever it is doing. */
  close(this: void): Promise<void>;
}

export type OpenSubject = (opened: Case) => Promise<RunningSubject>;

/** A subject that cannot do what was asked; the message is its own. */
export class SubjectError extends Error {
  override readonly name = "SubjectError";
}

type AnswerTo<Request extends BenchRequest> = Extract<
  BenchAnswer,
  { readonly type: Request extends { readonly type: "start" } ? "started" : Request["type"] }
>;

/** The answer to a request. Throws a SubjectError where the subject fails or does not answer within that time. */
export async function ask<Request extends BenchRequest>(
  subject: RunningSubject,
  request: Request,
  withinMilliseconds: number,
): Promise<AnswerTo<Request>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new SubjectError(`it gave no answer within ${String(Math.round(withinMilliseconds / 1000))} s`));
    }, withinMilliseconds);
  });
  try {
    const answer = await Promise.race([subject.ask(request), late]);
    if (answer.type === "failed") throw new SubjectError(answer.message);
    return answer as AnswerTo<Request>;
  } finally {
    clearTimeout(timer);
  }
}
