/** Times subjects turn by turn, so that whatever else the machine does falls on all of them. It must not know who they are. */
import type { Config } from "../src/gan/config.ts";
import { describeCase, type Case } from "./cases.ts";
import { median } from "./statistics.ts";
import { ask, SubjectError, type OpenSubject, type RunningSubject } from "./subjects.ts";
import type { BurstAnswer, GpuCalls, StartedAnswer } from "./workers/contract.ts";

/** How long a turn lasts, if a step is not longer. */
const TURN_MILLISECONDS = 1000;
/**
 * Steps before the first turn, in which compilers and recorders do their work, that of JavaScript among them. The very first
 * step, in which kernels are compiled, may take longer than all others and does not count.
 */
const WARM_UP = { steps: 200, milliseconds: 20_000 } as const;
const MOST_STEPS_A_TURN = 500;
/** Steps after a turn that are issued one by one, each when the device has finished the last, in two turns' time at most. */
const MOST_ISSUED_ALONE = 20;
/** A subject as slow as this is timed once. */
const SLOW_STEP_MILLISECONDS = 30_000;
/** Calls of a step are what one burst makes more than another that has fewer steps: reading the losses is in both. */
const COUNTED_STEPS = 3;
/** Slower subjects make no steps for the sake of counting alone, nor to come back into the caches. */
const SPARED_STEP_MILLISECONDS = 5000;
/** Sizes of the square matrix products; where one takes longer than a fifth of a turn, larger ones are left out. */
const PRODUCT_SIZES = [256, 512, 1024, 2048] as const;
/** In the first turns only: the best of them is wanted, and large ones take their time. */
const PRODUCT_TURNS = 3;
/** After this long without an answer a subject is given up; the slowest first step takes a minute and a half. */
const PATIENCE_MILLISECONDS = 300_000;

/** What came out for one case: medians and the least over the turns, in milliseconds a step and calls a step. */
export interface Measurement {
  readonly case: Case;
  /** Null where the subject cannot run, for the reason in `note`. */
  readonly result: Result | null;
  /** What is to be said about it, or nothing. */
  readonly note: string;
}

export interface Result {
  readonly started: StartedAnswer;
  readonly turns: number;
  readonly stepMilliseconds: number;
  readonly leastStepMilliseconds: number;
  readonly javascriptMilliseconds: number | null;
  readonly calls: GpuCalls | null;
  /** Floating-point operations a second of its fastest matrix product; null where it made none. */
  readonly productFlops: number | null;
}

export interface MeasureOptions {
  readonly rounds: number;
  /** What a case may take in all; it takes one turn in any case. */
  readonly seconds: number;
  /** Milliseconds after which a subject that has not answered is given up. */
  readonly patience?: number;
  /** Called before each piece of work. */
  onProgress(this: void, text: string): void;
}

/** One case under measurement. */
class Contestant {
  readonly case: Case;
  readonly #options: MeasureOptions;
  readonly #turns: BurstAnswer[] = [];
  /** Milliseconds in which JavaScript issued a step to a device that had nothing else to do. */
  readonly #issues: number[] = [];
  #subject: RunningSubject | null = null;
  #started: StartedAnswer | null = null;
  #expectedMilliseconds = 0;
  #spentMilliseconds = 0;
  #productFlops: number | null = null;
  #calls: GpuCalls | null = null;
  #note = "";

  constructor(measured: Case, options: MeasureOptions) {
    this.case = measured;
    this.#options = options;
  }

  /** Starts the subject and lets it warm up. */
  async start(open: OpenSubject, config: Config): Promise<void> {
    await this.#timed(async () => {
      const { backend, threads } = this.case;
      this.#subject = await open(this.case);
      this.#started = await ask(this.#subject, { type: "start", config, backend, threads }, this.#patience);
      await this.#warmUp(this.#subject);
      if (this.#isQuick) await this.#countCalls(this.#subject);
    });
  }

  async takeTurn(): Promise<void> {
    const subject = this.#subject;
    if (subject === null || this.#isDone) return;
    await this.#timed(async () => {
      const wanted = Math.floor(TURN_MILLISECONDS / this.#expectedMilliseconds);
      const steps = Math.max(1, Math.min(MOST_STEPS_A_TURN, wanted));
      // What the subject before it left behind, in caches and in queues, is not its own.
      if (this.#isQuick) await this.#burst(subject, 1);
      const turn = await this.#burst(subject, steps, this.#calls === null);
      this.#turns.push(turn);
      await this.#issue(subject, turn);
      this.#expectedMilliseconds = turn.milliseconds / turn.steps;
      this.#calls ??= turn.calls === null ? null : perStep(turn.calls, turn.steps);
      if (this.case.multiplies && this.#turns.length <= PRODUCT_TURNS) await this.#multiply(subject);
    });
  }

  async close(): Promise<void> {
    await this.#subject?.close();
    this.#subject = null;
  }

  get measurement(): Measurement {
    return { case: this.case, result: this.#result, note: this.#note };
  }

  get #result(): Result | null {
    if (this.#started === null || this.#turns.length === 0) return null;
    const times = this.#turns.map(({ milliseconds, steps }) => milliseconds / steps);
    return {
      started: this.#started,
      turns: this.#turns.length,
      stepMilliseconds: median(times),
      leastStepMilliseconds: Math.min(...times),
      javascriptMilliseconds: this.#issues.length === 0 ? null : median(this.#issues),
      calls: this.#calls,
      productFlops: this.#productFlops,
    };
  }

  get #isQuick(): boolean {
    return this.#expectedMilliseconds < SPARED_STEP_MILLISECONDS;
  }

  get #patience(): number {
    return this.#options.patience ?? PATIENCE_MILLISECONDS;
  }

  /** Whether another turn would take too long; the note then says so. */
  get #isDone(): boolean {
    const turns = this.#turns.length;
    if (turns === 0) return false;
    if (this.#expectedMilliseconds > SLOW_STEP_MILLISECONDS) {
      const often = turns === 1 ? "once" : `${String(turns)} times`;
      this.#note = `a step took more than 30 s, so it was timed ${often}`;
      return true;
    }
    if (this.#spentMilliseconds + this.#expectedMilliseconds <= this.#options.seconds * 1000) return false;
    this.#note = `its time was up after ${String(turns)} of ${String(this.#options.rounds)} turns`;
    return true;
  }

  #burst(subject: RunningSubject, steps: number, counts = false): Promise<BurstAnswer> {
    return ask(subject, { type: "burst", steps, counts }, this.#patience);
  }

  async #warmUp(subject: RunningSubject): Promise<void> {
    await this.#burst(subject, 1);
    let spent = 0;
    for (let step = 1; step < WARM_UP.steps && spent < WARM_UP.milliseconds; step++) {
      const { milliseconds } = await this.#burst(subject, 1);
      spent += milliseconds;
      this.#expectedMilliseconds = milliseconds;
    }
  }

  /** Frees the counts of what reading the losses takes. */
  async #countCalls(subject: RunningSubject): Promise<void> {
    const fewer = await this.#burst(subject, 1, true);
    if (fewer.calls === null) return;
    const more = await this.#burst(subject, 1 + COUNTED_STEPS, true);
    if (more.calls !== null) this.#calls = perStep(difference(more.calls, fewer.calls), COUNTED_STEPS);
  }

  /** Adds to the times of issuing: that of the turn's first step, and of some more where steps are short. */
  async #issue(subject: RunningSubject, { javascriptMilliseconds }: BurstAnswer): Promise<void> {
    if (javascriptMilliseconds === null) return;
    this.#issues.push(javascriptMilliseconds);
    const most = Math.min(MOST_ISSUED_ALONE, (2 * TURN_MILLISECONDS) / this.#expectedMilliseconds);
    for (let issued = 1; issued < most; issued++) {
      const alone = await this.#burst(subject, 1);
      if (alone.javascriptMilliseconds !== null) this.#issues.push(alone.javascriptMilliseconds);
    }
  }

  async #multiply(subject: RunningSubject): Promise<void> {
    for (const size of PRODUCT_SIZES) {
      const { milliseconds } = await ask(subject, { type: "product", size }, this.#patience);
      const flops = (2 * size ** 3) / (milliseconds / 1000);
      this.#productFlops = Math.max(this.#productFlops ?? 0, flops);
      if (milliseconds > TURN_MILLISECONDS / 5) return;
    }
  }

  /** Takes the time of some work; where it fails, the subject ends, and what it gave before stands. */
  async #timed(work: () => Promise<void>): Promise<void> {
    const began = performance.now();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SubjectError)) throw error;
      this.#note = error.message;
      await this.close();
    }
    this.#spentMilliseconds += performance.now() - began;
  }
}

function mapCalls(calls: GpuCalls, change: (count: number, call: keyof GpuCalls) => number): GpuCalls {
  return {
    dispatches: change(calls.dispatches, "dispatches"),
    submits: change(calls.submits, "submits"),
    buffers: change(calls.buffers, "buffers"),
    bindGroups: change(calls.bindGroups, "bindGroups"),
  };
}

function perStep(calls: GpuCalls, steps: number): GpuCalls {
  return mapCalls(calls, (count) => count / steps);
}

function difference(more: GpuCalls, fewer: GpuCalls): GpuCalls {
  return mapCalls(more, (count, call) => count - fewer[call]);
}

/** Measures all cases on one config, interleaved. */
export async function measure(
  config: Config,
  cases: readonly Case[],
  open: OpenSubject,
  options: MeasureOptions,
): Promise<readonly Measurement[]> {
  const contestants = cases.map((measured) => new Contestant(measured, options));
  try {
    for (const contestant of contestants) {
      options.onProgress(`warming up ${describeCase(contestant.case)}`);
      await contestant.start(open, config);
    }
    for (let round = 1; round <= options.rounds; round++) {
      for (const contestant of contestants) {
        options.onProgress(`round ${String(round)} of ${String(options.rounds)}: ${describeCase(contestant.case)}`);
        await contestant.takeTurn();
      }
    }
  } finally {
    for (const contestant of contestants) await contestant.close();
  }
  return contestants.map(({ measurement }) => measurement);
}
