/**
 * Trains one run: whole steps or halves of them, measured in order, and shown when it is time. It must not know commands,
 * backends or downloads.
 */
import { createReadback } from "../engine/readback.ts";
import { describeProblem, parseConfig } from "../gan/config.ts";
import type { Phase } from "../gan/config.ts";
import type { Onlooker } from "../gan/trainStep.ts";
import { isLive, settingAt, storedSetting, writeSetting } from "../gan/settings.ts";
import type { SettingValue } from "../gan/settings.ts";
import { Display, type DisplayOutside } from "./display.ts";
import { CommandError } from "./failures.ts";
import type { Failure } from "./failures.ts";
import { createHistory, rowsUntil, type MeasurementHistory } from "./history.ts";
import { divergenceOf, measurementOf, rowAfter } from "./measuring.ts";
import type { Measured } from "./measuring.ts";
import { KernelPreparation } from "./kernelPreparation.ts";
import { memoryReport } from "./memoryReport.ts";
import type { History, PausedEvent } from "./protocol.ts";
import { createRate } from "./rate.ts";
import type { Batches, Run, Snapshot } from "./run.ts";
import { SnapshotKeeper } from "./snapshotKeeper.ts";
import { StepClock, type Batch } from "./stepClock.ts";
import { endsStep, lastOf, updatesOf } from "./stepPlan.ts";

/** What a trainer needs of the world. */
export interface TrainerOutside extends DisplayOutside {
  readonly batches: Batches;
  /**
   * Whether the device works on its own while the worker goes on, so that a few steps may be under way at once. It may also
   * be lost, against which the run is saved now and then.
   */
  readonly pipelined: boolean;
  /** Where a run of the same config is to go on from; absent where it begins at step 0. */
  readonly saved?: Saved;
}

/** Short steps share one turn of the worker, so that yielding does not cost more than they do. */
const SLICE_MILLISECONDS = 10;
/** Batches of steps under way on a pipelined device; with long steps fewer, so that a pause is answered within one. */
const MOST_UNDER_WAY = { short: 2, long: 1 } as const;
const LONG_STEP_MILLISECONDS = 30;

/** What outlives the device: a snapshot, and the measurements up to it. */
export interface Saved {
  readonly snapshot: Snapshot;
  readonly history: History;
}

type Task =
  { readonly kind: "train"; readonly untilStep: number } | { readonly kind: "step"; readonly phase: Phase | "both" };

export class Trainer {
  readonly run: Run;
  readonly #outside: TrainerOutside;
  readonly #history: MeasurementHistory;
  /** Null where the device cannot be lost. */
  readonly #keeper: SnapshotKeeper | null;
  readonly #readback = createReadback();
  readonly #display: Display;
  readonly #rate = createRate();
  readonly #clock: StepClock;
  #task: Task | null = null;
  /** What ended the run for good: its weights are no longer numbers. */
  #divergence: Failure | null = null;
  /** Whether training stands still for want of images, and the page was told. */
  #starved = false;
  readonly #kernels: KernelPreparation;

  constructor(run: Run, outside: TrainerOutside) {
    this.run = run;
    this.#outside = outside;
    this.#display = new Display(run, this.#readback, outside);
    this.#clock = new StepClock(outside.now);
    this.#kernels = new KernelPreparation(outside.now, ({ ready, total }) => {
      outside.post({ type: "preparation", run: run.id, ready, total });
    });
    const { saved, now, pipelined } = outside;
    this.#history = createHistory(saved?.history);
    this.#keeper = pipelined ? new SnapshotKeeper(now, () => run.snapshot(), saved?.snapshot ?? null) : null;
    if (saved !== undefined) run.restore(saved.snapshot);
  }

  /** Whether there is work to do, and the kernels and images for it are there. */
  get ready(): boolean {
    if (this.#task === null || this.#kernels.underWay) return false;
    const updates = updatesOf(this.#task.kind === "train" ? "both" : this.#task.phase, this.run.config);
    return this.run.canUpdate(this.#outside.batches, updates);
  }

  /** Whether a single step waits to be made, which goes before any later command. */
  get stepDue(): boolean {
    return this.#task?.kind === "step" && this.ready;
  }

  /**
   * Has the kernels of the run compiled, where the backend compiles any, and says how far that is. Null where there is
   * nothing to wait for; otherwise no step is made before the promise resolves.
   */
  prepare(): Promise<void> | null {
    return this.#kernels.begin(() => {
      this.run.rehearse(this.#outside.batches);
    });
  }

  /** Shows the untrained generator, once its kernels are there; a run that goes on from a later step says where it stands. */
  async begin(): Promise<void> {
    if (this.#kernels.underWay || this.#display.hasFrame) return;
    if (this.run.step > 0 && this.#task === null) {
      await this.#report("asked");
      return;
    }
    this.#display.showFrame();
    this.#display.keep();
    await this.#readback.settle();
  }

  train(untilStep = Infinity): void {
    this.#refuseAfterDivergence();
    if (untilStep <= this.run.step) {
      throw new CommandError(
        `The run is at step ${String(this.run.step)} already, so it cannot train until step ${String(untilStep)}.`,
        "Ask for a later step.",
      );
    }
    if (this.#task?.kind !== "train") this.#outside.post({ type: "started", run: this.run.id });
    this.#task = { kind: "train", untilStep };
  }

  step(phase: Phase | "both"): void {
    this.#refuseAfterDivergence();
    this.#task = { kind: "step", phase };
  }

  /**
   * Makes a whole step at once, the last update of each player before the eyes of its onlooker; it counts as any other.
   * Throws CommandError where no step can be made now.
   */
  async stepSlowly(look: Readonly<Record<Phase, Onlooker>>): Promise<void> {
    this.#refuseAfterDivergence();
    if (this.#task !== null) throw new CommandError("The run is training.", "Pause it first.");
    if (this.#kernels.underWay) throw new CommandError("The kernels of this run are not ready yet.", "Wait a moment.");
    if (!this.run.canUpdate(this.#outside.batches, updatesOf("both", this.run.config))) {
      throw new CommandError("The images of this step have not come yet.", "Wait for the download.");
    }
    this.#update("both", look);
    this.#endBatch();
    await this.pause("stepped");
  }

  /** Does what is due: a single step, or as many as fit into one turn. Call it only when `ready`. */
  async work(): Promise<void> {
    const task = this.#task;
    if (task === null) return;
    if (task.kind === "step") {
      this.#update(task.phase);
      this.#endBatch();
      await this.pause("stepped");
      return;
    }
    await this.#trainSlice(task.untilStep);
  }

  /** Tells the page once that training waits for images. */
  async starve(): Promise<void> {
    if (this.#starved || this.#task?.kind !== "train" || this.run.step === 0) return;
    this.#starved = true;
    await this.#report("waitingForData");
  }

  /** Stops after what is under way, and says where the run stands. */
  async pause(why: PausedEvent["why"]): Promise<void> {
    this.#task = null;
    this.#starved = false;
    await this.#report(why);
  }

  /** Changes a live setting. Throws CommandError when it is not one, has no place in the config, or is out of range. */
  tune(path: string, value: SettingValue): void {
    const { config } = this.run;
    const before = storedSetting(config, path);
    if (before === undefined) {
      throw new CommandError(`This run has no setting “${path}”.`, "Choose one of the settings on the page.");
    }
    if (!isLive(path)) {
      const label = settingAt(path)?.label ?? path;
      throw new CommandError(`${label} cannot change while a run stands.`, "Reset to begin a new run with it.");
    }
    const parsed = parseConfig(writeSetting(config, path, value));
    if (!parsed.ok) throw new CommandError(parsed.problems.map(describeProblem).join(" "), "Choose another value.");
    const { shown } = this.run;
    this.run.retune(parsed.config);
    if (this.run.shown !== shown) this.#showAnew();
    const marker = { step: this.run.step, path, before, after: storedSetting(parsed.config, path) ?? value };
    this.#outside.post({ type: "tuned", run: this.run.id, marker });
  }

  /** The page can take the next frame; while nothing moves, it gets the one that stands. */
  acknowledge(): void {
    this.#display.acknowledge();
    if (this.#task === null) this.#showFrameIfNew();
  }

  /** All measurements so far; where the device is gone, those that came in time. */
  async history(): Promise<History> {
    await this.#readback.settle().catch(() => undefined);
    return this.#history.copy();
  }

  /** The device is gone: whatever waits for it is to throw that. */
  fail(error: unknown): void {
    this.#kernels.leave();
    this.#readback.fail(error);
  }

  /** What a new run can go on from where the device of this one is gone; null where nothing was saved yet. */
  get saved(): Saved | null {
    const snapshot = this.#keeper?.last ?? null;
    return snapshot && { snapshot, history: rowsUntil(this.#history.view(), snapshot.step) };
  }

  /** Stops at once, without a report, when the run itself has failed. */
  abandon(): void {
    this.#task = null;
  }

  /** Waits for what is under way, then frees everything the run holds. */
  async dispose(): Promise<void> {
    this.#task = null;
    this.#kernels.leave();
    // What is under way is of no interest any more, not even how it failed.
    await this.#readback.settle().catch(() => undefined);
    this.#readback.dispose();
    this.run.dispose();
  }

  async #trainSlice(untilStep: number): Promise<void> {
    if (this.#starved) {
      this.#starved = false;
      this.#outside.post({ type: "started", run: this.run.id });
    }
    const { now } = this.#outside;
    const began = now();
    do {
      this.#makeBatch(untilStep);
      await this.#readback.settle(this.#mostUnderWay());
      if (this.#divergence !== null || this.run.step >= untilStep) {
        await this.pause("reachedStep");
        return;
      }
      this.#showWhatIsDue();
    } while (this.ready && now() - began < SLICE_MILLISECONDS);
  }

  #mostUnderWay(): number {
    if (!this.#outside.pipelined) return 0;
    const last = this.#history.latest?.milliseconds ?? Infinity;
    return last > LONG_STEP_MILLISECONDS ? MOST_UNDER_WAY.long : MOST_UNDER_WAY.short;
  }

  /** Gives the device as many steps as may go together. */
  #makeBatch(untilStep: number): void {
    const most = this.#readback.gathers ? this.#clock.together : 1;
    for (let made = 0; made < most && this.run.step < untilStep && this.ready; made++) this.#update("both");
    this.#endBatch();
  }

  #endBatch(): void {
    this.#clock.endBatch();
    this.#readback.submit();
    this.#display.showRefusals();
  }

  /** Makes the updates of a step or of half a step, and has them measured. */
  #update(phase: Phase | "both", look?: Readonly<Record<Phase, Onlooker>>): void {
    const batch = this.#clock.beginStep();
    const { run } = this;
    const step = run.step + 1;
    const updates = updatesOf(phase, run.config);
    // The last update of each player is what is measured.
    const told = lastOf(updates.discriminator, (isLast) =>
      run.updateDiscriminator(this.#outside.batches, isLast ? look?.discriminator : undefined),
    );
    const fooled = lastOf(updates.generator, (isLast) =>
      run.updateGenerator(this.#outside.batches, isLast ? look?.generator : undefined),
    );
    const ends = endsStep(phase, run.config);
    if (ends) run.finishStep();
    const made = { discriminator: told?.size ?? 0, generator: fooled?.size ?? 0 };
    const results = [told, fooled].filter((result) => result !== null);
    this.#readback.enqueue(results, (values) => {
      this.#record(measurementOf(values, step, made), batch, ends);
    });
    if (ends) this.#display.keep();
  }

  /** Takes a measurement into the history, unless the run has diverged: what comes after that means nothing. */
  #record(measured: Measured, batch: Batch, ends: boolean): void {
    if (this.#divergence !== null) return;
    this.#divergence = divergenceOf(measured);
    if (this.#divergence !== null) {
      this.#display.close();
      return;
    }
    const { milliseconds, at } = this.#clock.measure(batch);
    if (ends) this.#rate.count(at);
    this.#history.put(rowAfter(this.#history.latest, measured, milliseconds));
  }

  #showWhatIsDue(): void {
    if (this.#display.isProgressDue) this.#showProgress();
    if (this.#display.isFrameDue) this.#showFrameIfNew();
    this.#keeper?.takeWhenDue();
  }

  #showProgress(): void {
    this.#display.showProgress(this.#history, this.#task === null ? 0 : this.#rate.perSecond());
  }

  #showFrameIfNew(): void {
    // `begin` shows the first one.
    if (!this.#kernels.underWay) this.#display.showFrameIfNew();
  }

  /** Shows the weights that are to be shown from now on, if the run stands; while it trains, the next frame does. */
  #showAnew(): void {
    this.#display.forgetFrame();
    if (this.#task !== null) return;
    this.#showFrameIfNew();
    this.#endBatch();
  }

  /** Waits for what is under way, then tells where the run stands: the last frame, progress, and the weights' fingerprints. */
  async #report(why: PausedEvent["why"]): Promise<void> {
    await this.#readback.settle();
    this.#showFrameIfNew();
    await this.#readback.settle();
    this.#rate.clear();
    this.#showProgress();
    if (this.#divergence === null) this.#keeper?.take();
    if (this.#divergence !== null) {
      this.#task = null;
      this.#outside.post({ type: "failed", run: this.run.id, ...this.#divergence });
    }
    this.#outside.post({
      type: "paused",
      run: this.run.id,
      step: this.run.step,
      why: this.#divergence === null ? why : "failed",
      fingerprints: await this.run.fingerprints(),
      memory: memoryReport(),
    });
  }

  #refuseAfterDivergence(): void {
    if (this.#divergence === null) return;
    throw new CommandError("This run has diverged: its weights are no longer numbers.", this.#divergence.next);
  }
}
