/** One training through a session, from its configuration to everything that can be written about it. */
import type { BackendReport } from "../../src/engine/backends.ts";
import { isPointSet } from "../../src/gan/config.ts";
import type { QualityReading } from "../../src/metrics/quality.ts";
import type { FailedEvent, History, ImageBatch, WorkerEvent } from "../../src/worker/protocol.ts";
import type { AnswerOf, Asked, QuestionName, QuestionOf } from "../../src/worker/questions/questions.ts";
import type { Session } from "./session.ts";
import type { TrainArguments } from "./trainArguments.ts";
import { ToolError, UsageError } from "./usage.ts";

/** Samples are asked for in requests of this size. */
const SAMPLES_AT_ONCE = 256;

const RUN = "train";

/** Samples as an array: bytes of images, or floats of points. */
export interface FreshSamples {
  readonly shape: readonly number[];
  readonly values: Uint8Array | Float32Array;
}

export interface TrainOutcome {
  readonly step: number;
  readonly history: History;
  /** The probe at the last step whose weights are sound. */
  readonly samples: ImageBatch;
  /** Null when training stopped before the first images came. */
  readonly real: ImageBatch | null;
  /** The probe every so many steps. */
  readonly keepsakes: readonly ImageBatch[];
  /** Fresh samples, where they were asked for and the weights are sound. */
  readonly fresh: FreshSamples | null;
  /** How good the samples of the last step are, where that was asked for and the weights are sound. */
  readonly quality: QualityReading | null;
  /** Why it ended early on its own account; null when it did not. */
  readonly failure: FailedEvent | null;
}

/** What somebody who waits is told. */
export interface TrainListener {
  ready(this: void, backend: BackendReport): void;
  event(this: void, event: WorkerEvent): void;
}

/**
 * Trains until all steps are done, the run fails, or `signal` asks to stop. Throws a UsageError when the config cannot be
 * built, and a ToolError when nothing can be trained here; nothing has been written then.
 */
export async function trainRun(
  session: Session,
  { config, steps, backend, samples, evaluate, stripEvery }: TrainArguments,
  signal: AbortSignal,
  listener: TrainListener,
): Promise<TrainOutcome> {
  const collected = new Collector(session, listener);
  await session.send({ type: "configure", run: RUN, config, backend, stripEvery });
  listener.ready((await collected.until("ready")).backend);

  const pause = () => void session.send({ type: "pause", run: RUN });
  signal.addEventListener("abort", pause, { once: true });
  await session.send({ type: "train", run: RUN, untilStep: steps });
  if (signal.aborted) pause();
  const { step, why } = await collected.untilStopped();
  signal.removeEventListener("abort", pause);

  const sound = why !== "failed";
  if (sound) await collected.untilSamplesOf(step);
  return {
    step,
    history: await collected.history(),
    samples: collected.lastSamples(),
    real: collected.real,
    keepsakes: collected.keepsakes,
    fresh: sound && samples > 0 ? await collected.freshSamples(samples, isPointSet(config.dataSet)) : null,
    quality: sound && evaluate ? await collected.quality() : null,
    failure: collected.failure,
  };
}

type EventOf<Type extends WorkerEvent["type"]> = Extract<WorkerEvent, { readonly type: Type }>;

/** Reads the session's events and keeps what will be written. */
class Collector {
  readonly keepsakes: ImageBatch[] = [];
  real: ImageBatch | null = null;
  failure: FailedEvent | null = null;
  #samples: EventOf<"samples"> | null = null;
  #hasAllImages = false;
  readonly #session: Session;
  readonly #listener: TrainListener;

  constructor(session: Session, listener: TrainListener) {
    this.#session = session;
    this.#listener = listener;
  }

  /** The next event of a type. Throws when a failure comes first. */
  async until<Type extends WorkerEvent["type"]>(type: Type): Promise<EventOf<Type>> {
    for (;;) {
      const event = await this.#take();
      if (event.type === type) return event as EventOf<Type>;
      if (event.type === "failed") throw errorOf(event);
    }
  }

  /** The end of training; waiting for data is none. */
  async untilStopped(): Promise<EventOf<"paused">> {
    for (;;) {
      const event = await this.#take();
      if (event.type === "paused" && event.why !== "waitingForData") return event;
      if (event.type !== "failed") continue;
      if (event.code !== "diverged") throw errorOf(event);
      this.failure = event;
    }
  }

  /** Frames are acknowledged only here, so that none is drawn while training that nobody looks at. */
  async untilSamplesOf(step: number): Promise<void> {
    if (this.#samples?.step === step) return;
    await this.#session.send({ type: "acknowledgeSamples", run: RUN });
    while (this.#samples?.step !== step) await this.until("samples");
  }

  lastSamples(): ImageBatch {
    if (this.#samples === null) throw new ToolError("The worker sent no samples.");
    return this.#samples.images;
  }

  async history(): Promise<History> {
    return this.ask("history", null);
  }

  /** The answer of the run that stands. */
  async ask<Name extends QuestionName>(name: Name, question: QuestionOf<Name>): Promise<AnswerOf<Name>> {
    await this.#session.send({ type: "ask", run: RUN, request: 0, asked: { name, question } as Asked });
    return (await this.until("answered")).given.answer;
  }

  /** Samples are measured beside all real images, so these have to come first. */
  async quality(): Promise<QualityReading> {
    while (!this.#hasAllImages) await this.until("dataProgress");
    return this.ask("measure", { extent: "all" });
  }

  async freshSamples(total: number, ofPoints: boolean): Promise<FreshSamples> {
    const itemShape = ofPoints ? [2] : this.lastSamples().shape;
    const itemSize = itemShape.reduce((product, size) => product * size, 1);
    const values = ofPoints ? new Float32Array(total * itemSize) : new Uint8Array(total * itemSize);
    for (let first = 0; first < total; first += SAMPLES_AT_ONCE) {
      const source = { kind: "fresh", first, count: Math.min(SAMPLES_AT_ONCE, total - first) } as const;
      const made = ofPoints ? await this.ask("points", source) : (await this.ask("render", source)).pixels;
      values.set(made, first * itemSize);
    }
    return { shape: [total, ...itemShape], values };
  }

  async #take(): Promise<WorkerEvent> {
    const event = await this.#session.next();
    if (event.type === "samples") this.#samples = event;
    if (event.type === "keepsake") this.keepsakes.push(event.images);
    if (event.type === "realSamples") this.real = event.images;
    if (event.type === "dataProgress") this.#hasAllImages = event.availableImages === event.totalImages;
    this.#listener.event(event);
    return event;
  }
}

function errorOf({ code, message, safe, next }: FailedEvent): Error {
  if (code === "impossibleNetwork") return new UsageError(message);
  return new ToolError(`${message}\n${safe} ${next}`);
}
