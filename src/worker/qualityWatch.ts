/**
 * Measures one run again and again between its steps, in portions, for no more than a share of the time. It must not know
 * how anything is measured, or how a run is trained.
 */
import type { QualityReading } from "../metrics/quality.ts";
import type { LongWork } from "../metrics/work.ts";
import { invariant } from "../shared/invariant.ts";

/** What the watch needs of the world. */
export interface WatchOutside {
  /** The share of the time that measuring may take, from 0 to below 1; 0 where nothing is to be measured. */
  share(this: void): number;
  /** A measurement of the run as it stands, or null where it cannot be measured yet. */
  begin(this: void): LongWork<QualityReading> | null;
  onReading(this: void, reading: QualityReading): void;
  /** Milliseconds of a clock that never goes back. */
  now(this: void): number;
}

/** Portions of one turn take no longer than that, but for the last of them. */
const TURN_MILLISECONDS = 10;
/** Time saved up while nothing could be measured is lost beyond this, so that training is never held up for long. */
const MOST_CREDIT_MILLISECONDS = 100;

export class QualityWatch {
  readonly #outside: WatchOutside;
  #measuring: LongWork<QualityReading> | null = null;
  /** Milliseconds that training has earned and measuring has not spent; below 0 after a portion that took longer. */
  #credit = 0;

  constructor(outside: WatchOutside) {
    this.#outside = outside;
  }

  /** Training took that long; measures for as long as this has earned. Throws what a measurement fails with. */
  async advance(trainedMilliseconds: number): Promise<void> {
    const share = this.#outside.share();
    invariant(share >= 0 && share < 1, "a share of the time");
    if (share === 0) {
      await this.stop();
      return;
    }
    this.#credit = Math.min(this.#credit + (trainedMilliseconds * share) / (1 - share), MOST_CREDIT_MILLISECONDS);
    const began = this.#outside.now();
    while (this.#credit > 0 && this.#outside.now() - began < TURN_MILLISECONDS) {
      this.#measuring ??= this.#outside.begin();
      if (this.#measuring === null) return;
      await this.#doPortion(this.#measuring);
    }
  }

  /** Leaves what is under way; what it held is free afterwards. */
  async stop(): Promise<void> {
    const left = this.#measuring;
    this.#measuring = null;
    // How a measurement fails that nobody wants is of no interest. What it would have returned does not matter either.
    await left?.return(undefined as never).catch(() => undefined);
  }

  async #doPortion(measuring: LongWork<QualityReading>): Promise<void> {
    const began = this.#outside.now();
    try {
      const { done, value } = await measuring.next();
      if (done !== true) return;
      this.#measuring = null;
      this.#outside.onReading(value);
    } catch (error) {
      this.#measuring = null;
      throw error;
    } finally {
      this.#credit -= this.#outside.now() - began;
    }
  }
}
