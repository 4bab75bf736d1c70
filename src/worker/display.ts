/**
 * What is shown of one run: how far it is, whose updates cannot be recorded, and what its generator makes of the probe, at the
 * pace that the page can take. It must not know how steps are made, or when.
 */
import type { Readback } from "../engine/readback.ts";
import type { Phase } from "../gan/config.ts";
import { recentScores, type MeasurementHistory } from "./history.ts";
import { imagesOf } from "./images.ts";
import { memoryReport } from "./memoryReport.ts";
import type { ImageBatch, WorkerEvent } from "./protocol.ts";
import type { Run } from "./run.ts";
import { scatterOf } from "./scatter.ts";
import { thin } from "./thinning.ts";

/** What a display needs of the world. */
export interface DisplayOutside {
  post(this: void, event: WorkerEvent): void;
  /** Milliseconds of a clock that never goes back. */
  now(this: void): number;
  /** Images in the data set, for counting epochs. */
  readonly totalImages: number;
  /** Steps between two keepsakes of the probe; absent where nobody wants them. */
  readonly stripEvery?: number;
}

const PHASES = ["discriminator", "generator"] as const satisfies readonly Phase[];
const PROGRESS_MILLISECONDS = 250;

export class Display {
  readonly #run: Run;
  readonly #outside: DisplayOutside;
  /** Frames come through it in their turn, after the steps that they show. */
  readonly #readback: Readback;
  readonly #refusals = new Set<Phase>();
  #progressAt = 0;
  #frameAt = 0;
  /** The step of the last frame; negative where the one that stands is of other weights, or there is none. */
  #frameStep = -1;
  #unacknowledged = false;
  #closed = false;

  constructor(run: Run, readback: Readback, outside: DisplayOutside) {
    this.#run = run;
    this.#readback = readback;
    this.#outside = outside;
  }

  /** Whether a frame was shown that still counts. */
  get hasFrame(): boolean {
    return this.#frameStep >= 0;
  }

  get isProgressDue(): boolean {
    return this.#outside.now() - this.#progressAt >= PROGRESS_MILLISECONDS;
  }

  /** Whether the time has come for another frame. */
  get isFrameDue(): boolean {
    return this.#outside.now() - this.#frameAt >= 1000 / this.#run.config.samplesPerSecond;
  }

  showProgress(history: MeasurementHistory, stepsPerSecond: number): void {
    this.#progressAt = this.#outside.now();
    const { id, step, imagesShown, config } = this.#run;
    const rows = history.view();
    this.#outside.post({
      type: "progress",
      run: id,
      step,
      epoch: imagesShown / this.#outside.totalImages,
      stepsPerSecond,
      imagesPerSecond: stepsPerSecond * config.batchSize * config.discriminatorSteps,
      latest: history.latest,
      chart: thin(rows),
      recent: recentScores(rows),
      memory: memoryReport(),
    });
  }

  /** Tells, once for each player, whose updates cannot be recorded. */
  showRefusals(): void {
    for (const phase of PHASES) {
      const refusal = this.#run.refusalOf(phase);
      if (refusal === null || this.#refusals.has(phase)) continue;
      this.#refusals.add(phase);
      this.#outside.post({ type: "notRecorded", run: this.#run.id, phase, ...refusal });
    }
  }

  showFrame(): void {
    this.#unacknowledged = true;
    this.#frameAt = this.#outside.now();
    this.#frameStep = this.#run.step;
    this.#postProbe("samples");
  }

  /** Shows a frame, unless that of this step stands or the page has not taken the last one. */
  showFrameIfNew(): void {
    if (this.#frameStep !== this.#run.step && !this.#unacknowledged && !this.#closed) this.showFrame();
  }

  /** The frame that stands is of other weights than those shown from now on. */
  forgetFrame(): void {
    this.#frameStep = -1;
  }

  /** The page can take the next frame. */
  acknowledge(): void {
    this.#unacknowledged = false;
  }

  /** Keeps what the generator makes of the probe at this step, where it is one that is kept. */
  keep(): void {
    const { stripEvery } = this.#outside;
    if (stripEvery !== undefined && this.#run.step % stripEvery === 0) this.#postProbe("keepsake");
  }

  /** No image is shown any more, not even one that is under way. */
  close(): void {
    this.#closed = true;
  }

  #postProbe(type: "samples" | "keepsake"): void {
    const { id, step } = this.#run;
    this.#readback.enqueue([this.#run.probeImages()], (values) => {
      if (!this.#closed) this.#outside.post({ type, run: id, step, images: this.#picture(values) });
    });
  }

  /** What the generator made of the probe, as images: points are a picture of the plane. */
  #picture(values: Float32Array): ImageBatch {
    const { makesPoints, probeGrid } = this.#run;
    if (makesPoints) return scatterOf(values);
    const images = imagesOf(values, this.#run.imageShape);
    return probeGrid === undefined ? images : { ...images, grid: probeGrid };
  }
}
