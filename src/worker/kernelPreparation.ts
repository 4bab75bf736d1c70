/** Has the kernels of a run compiled before its first step, and reports how far that is at a calm pace. It must not know the run. */
import { prepareKernels, type Preparation } from "../engine/preparation.ts";

/** Between two reports of how many kernels are ready. */
const REPORT_MILLISECONDS = 200;

export class KernelPreparation {
  readonly #now: () => number;
  readonly #report: (preparation: Preparation) => void;
  /** Its signal says that nobody waits for the kernels any more. */
  readonly #leaving = new AbortController();
  #underWay = false;
  #reportedAt = -Infinity;

  /** The last report, that all kernels are ready, is never left out. */
  constructor(now: () => number, report: (preparation: Preparation) => void) {
    this.#now = now;
    this.#report = report;
  }

  /** Whether kernels are being compiled, without which nothing can be shown or trained. */
  get underWay(): boolean {
    return this.#underWay;
  }

  /** Compiles what the work needs. Null where there is nothing to wait for. */
  begin(work: () => void): Promise<void> | null {
    const compiling = prepareKernels(
      work,
      (preparation) => {
        this.#show(preparation);
      },
      this.#leaving.signal,
    );
    this.#underWay = compiling !== null;
    return (
      compiling?.then(() => {
        this.#underWay = false;
      }) ?? null
    );
  }

  /** Nobody waits any more: there are no further reports. */
  leave(): void {
    this.#leaving.abort();
  }

  #show(preparation: Preparation): void {
    const now = this.#now();
    const isDue = now - this.#reportedAt >= REPORT_MILLISECONDS || preparation.ready === preparation.total;
    if (this.#leaving.signal.aborted || !isDue) return;
    this.#reportedAt = now;
    this.#report(preparation);
  }
}
