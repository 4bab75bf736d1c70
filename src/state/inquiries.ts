/** The questions that the page has put to the run and whose answers it waits for. It must not know the session or any question. */
import type { Command, RunId, WorkerEvent } from "../worker/protocol.ts";
import type { AnswerOf, Asked, InterimOf, QuestionName, QuestionOf } from "../worker/questions/questions.ts";

/** Why there is no answer. `message` is for a person. */
export class InquiryError extends Error {
  override readonly name = "InquiryError";
  constructor(
    message: string,
    /** What to do next; empty where there is nothing to be done, because nobody waits any more. */
    readonly next: string,
    /** Whether the run went away or the question was withdrawn, which is nobody's fault and needs no notice. */
    readonly dropped: boolean,
  ) {
    super(message);
  }
}

/** What a person is told of a question that failed: nothing, where nobody waits for the answer any more. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof InquiryError)) throw error;
  return error.dropped ? "" : `${error.message} ${error.next}`;
}

/** Does work that asks the run, and tells why there is no answer where somebody still waits for one. */
export async function unlessRefused(work: () => Promise<void>, tell: (refusal: string) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== "") tell(refusal);
  }
}

export interface AskOptions<Name extends QuestionName> {
  /** Called with what there is of the answer so far. */
  readonly onInterim?: (interim: InterimOf<Name>) => void;
  /** Withdraws the question. */
  readonly signal?: AbortSignal;
}

type InquiryCommand = Extract<Command, { readonly type: "ask" | "withdraw" }>;

interface Open {
  readonly run: RunId;
  interim(value: unknown): void;
  resolve(answer: unknown): void;
  reject(error: InquiryError): void;
}

export class Inquiries {
  readonly #send: (command: InquiryCommand) => void;
  readonly #open = new Map<number, Open>();
  #requests = 0;

  constructor(send: (command: InquiryCommand) => void) {
    this.#send = send;
  }

  /** Rejects with an InquiryError where the question makes no sense, is withdrawn, or the run goes away. */
  ask<Name extends QuestionName>(
    run: RunId,
    name: Name,
    question: QuestionOf<Name>,
    { onInterim, signal }: AskOptions<Name> = {},
  ): Promise<AnswerOf<Name>> {
    this.#requests += 1;
    const request = this.#requests;
    return new Promise<AnswerOf<Name>>((resolve, reject) => {
      const withdraw = (): void => {
        if (!this.#open.delete(request)) return;
        this.#send({ type: "withdraw", run, request });
        reject(new InquiryError("The question was withdrawn.", "", true));
      };
      if (signal?.aborted === true) {
        reject(new InquiryError("The question was withdrawn.", "", true));
        return;
      }
      signal?.addEventListener("abort", withdraw, { once: true });
      this.#open.set(request, {
        run,
        interim: (value) => onInterim?.(value as InterimOf<Name>),
        resolve: (answer) => {
          signal?.removeEventListener("abort", withdraw);
          resolve(answer as AnswerOf<Name>);
        },
        reject,
      });
      this.#send({ type: "ask", run, request, asked: { name, question } as Asked });
    });
  }

  /** Takes an event that answers a question, and says whether it was one. */
  receive(event: WorkerEvent): boolean {
    if (event.type !== "answering" && event.type !== "answered" && event.type !== "failed") return false;
    const open = event.request === undefined ? undefined : this.#open.get(event.request);
    if (event.type === "answering") {
      open?.interim(event.given.interim);
      return true;
    }
    if (event.request !== undefined) this.#open.delete(event.request);
    if (event.type === "answered") {
      open?.resolve(event.given.answer);
      return true;
    }
    open?.reject(new InquiryError(event.message, event.next, false));
    return open !== undefined;
  }

  /** The run has gone, and its answers with it. */
  drop(): void {
    const left = [...this.#open.values()];
    this.#open.clear();
    for (const open of left) open.reject(new InquiryError("The run has ended.", "", true));
  }
}
