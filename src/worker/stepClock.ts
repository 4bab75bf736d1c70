/** How long steps take that go to the device in batches, several of which may be under way. It must not know what a step is. */
import { createPace } from "./pace.ts";

/** Steps that go to the device together, and are measured together. */
export interface Batch {
  readonly began: number;
  steps: number;
  /** What each of its steps took, once the first was measured. */
  milliseconds: number | null;
}

export interface MeasuredStep {
  readonly milliseconds: number;
  /** When it ended, on the clock that was given. */
  readonly at: number;
}

export class StepClock {
  readonly #now: () => number;
  readonly #pace = createPace();
  #open: Batch | null = null;
  #measuredUntil = 0;

  /** `now` counts milliseconds and never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Steps that may go to the device together now. */
  get together(): number {
    return this.#pace.steps;
  }

  /** A step is begun; answers the batch it belongs to. */
  beginStep(): Batch {
    this.#open ??= { began: this.#now(), steps: 0, milliseconds: null };
    this.#open.steps += 1;
    return this.#open;
  }

  /** What is begun from now on goes to the device later. */
  endBatch(): void {
    this.#open = null;
  }

  /**
   * The device has made the next step of a batch, in the order in which they were begun. All steps of a batch count alike,
   * because its measurements come together; it lasts from the end of the one before it to its own.
   */
  measure(batch: Batch): MeasuredStep {
    const milliseconds = (batch.milliseconds ??= this.#measureBatch(batch));
    this.#measuredUntil += milliseconds;
    return { milliseconds, at: this.#measuredUntil };
  }

  #measureBatch({ began, steps }: Batch): number {
    this.#measuredUntil = Math.max(began, this.#measuredUntil);
    const milliseconds = (this.#now() - this.#measuredUntil) / steps;
    this.#pace.measure(steps, milliseconds);
    return milliseconds;
  }
}
