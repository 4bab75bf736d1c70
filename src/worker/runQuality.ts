/** The quality of one run: measured now and then while it trains, and whenever somebody asks. It must not know how it is measured. */
import type { QualityReading } from "../metrics/quality.ts";
import type { Evaluation } from "./evaluation.ts";
import { failureOf } from "./failures.ts";
import type { NotMeasuredEvent, QualityEvent } from "./protocol.ts";
import { createQualityHistory } from "./qualityHistory.ts";
import { QualityWatch } from "./qualityWatch.ts";
import type { Run } from "./run.ts";

export interface RunQualityOutside {
  post(this: void, event: QualityEvent | NotMeasuredEvent): void;
  /** Milliseconds of a clock that never goes back. */
  now(this: void): number;
}

export class RunQuality {
  readonly #run: Run;
  readonly #outside: RunQualityOutside;
  readonly #history = createQualityHistory();
  readonly #watch: QualityWatch;
  /** Whether a measurement between steps failed: then none is made any more until one that was asked for went well. */
  #failed = false;

  constructor(run: Run, evaluation: Evaluation, outside: RunQualityOutside) {
    this.#run = run;
    this.#outside = outside;
    this.#watch = new QualityWatch({
      share: () => (this.#failed ? 0 : (run.config.measuring ?? 0) / 100),
      begin: () => (evaluation.ready ? evaluation.measure(run, "watched") : null),
      onReading: (reading) => {
        this.record(reading);
      },
      now: outside.now,
    });
  }

  /** Takes a reading into the history, and tells the page. */
  record(reading: QualityReading): void {
    this.#failed = false;
    this.#history.put(reading);
    this.#outside.post({ type: "quality", run: this.#run.id, latest: reading, chart: this.#history.chart() });
  }

  /** Measures for as long as that much training has earned. A failure is told, and training goes on without measurements. */
  async advance(trainedMilliseconds: number): Promise<void> {
    try {
      await this.#watch.advance(trainedMilliseconds);
    } catch (error) {
      this.#failed = true;
      const { message, next } = failureOf(error);
      this.#outside.post({ type: "notMeasured", run: this.#run.id, message, next });
    }
  }

  /** Leaves what is under way, and frees it. */
  async dispose(): Promise<void> {
    await this.#watch.stop();
  }
}
