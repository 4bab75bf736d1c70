/**
 * The questions under way about the run that stands. Each is answered bit by bit, in turns, so that neither a long answer
 * nor training keeps the other waiting. It must not know any question.
 */
import { failureOf } from "./failures.ts";
import type { RunId, WorkerEvent } from "./protocol.ts";
import { answererOf, type Subject } from "./questions/answers.ts";
import type { Answered, Asked, Interim, QuestionName, QuestionOf } from "./questions/questions.ts";

interface Inquiry {
  readonly run: RunId;
  readonly request: number;
  readonly name: QuestionName;
  readonly answering: AsyncGenerator<unknown, unknown, void>;
}

export class Inquiries {
  readonly #post: (event: WorkerEvent) => void;
  /** In the order of their next turns. */
  #open: readonly Inquiry[] = [];

  constructor(post: (event: WorkerEvent) => void) {
    this.#post = post;
  }

  /** Whether any question waits for more of its answer. */
  get pending(): boolean {
    return this.#open.length > 0;
  }

  begin(run: RunId, request: number, { name, question }: Asked, subject: Subject): void {
    this.#open = [...this.#open, { run, request, name, answering: beginAnswer(name, question, subject) }];
  }

  /** Works on the answer whose turn it is, up to the next place where it may rest. */
  async advance(): Promise<void> {
    const [inquiry, ...others] = this.#open;
    if (inquiry === undefined) return;
    const { run, request, name } = inquiry;
    try {
      const { done, value } = await inquiry.answering.next();
      this.#open = done === true ? others : [...others, inquiry];
      if (done === true) this.#post({ type: "answered", run, request, given: { name, answer: value } as Answered });
      else if (value !== undefined) {
        this.#post({ type: "answering", run, request, given: { name, interim: value } as Interim });
      }
    } catch (error) {
      this.#open = others;
      this.#post({ type: "failed", run, request, ...failureOf(error) });
    }
  }

  /** Nobody waits for that answer any more. */
  async withdraw(request: number): Promise<void> {
    const left = this.#open.filter((inquiry) => inquiry.request === request);
    this.#open = this.#open.filter((inquiry) => inquiry.request !== request);
    await leaveAll(left);
  }

  /** Leaves all questions unanswered; what their answers held is free afterwards. */
  async drop(): Promise<void> {
    const left = this.#open;
    this.#open = [];
    await leaveAll(left);
  }
}

async function leaveAll(inquiries: readonly Inquiry[]): Promise<void> {
  // How an answer fails that nobody wants is of no interest.
  for (const { answering } of inquiries) await answering.return(undefined).catch(() => undefined);
}

/** Starts nothing before the first `next`. */
async function* beginAnswer<Name extends QuestionName>(
  name: Name,
  question: QuestionOf<Name>,
  subject: Subject,
): AsyncGenerator<unknown, unknown, void> {
  const answer = answererOf(name)(subject, question);
  return Symbol.asyncIterator in answer ? yield* answer : await answer;
}
