/** The events of one run, read from a session until what is waited for has come. It must not know what a run is trained for. */
import type { QualityReading } from "../../src/metrics/quality.ts";
import type { FailedEvent, History, ImageBatch, RunId, WorkerEvent } from "../../src/worker/protocol.ts";
import type { AnswerOf, Asked, QuestionName, QuestionOf } from "../../src/worker/questions/questions.ts";
import type { Session } from "./session.ts";
import { ToolError, UsageError } from "./usage.ts";

/** Samples are asked for in requests of this size. */
const SAMPLES_AT_ONCE = 256;

/** Samples as an array: bytes of images, or floats of points. */
export interface FreshSamples {
  readonly shape: readonly number[];
  readonly values: Uint8Array | Float32Array;
}

/** What of a session a run is read through. */
export type Channel = Pick<Session, "send" | "next">;

type EventOf<Type extends WorkerEvent["type"]> = Extract<WorkerEvent, { readonly type: Type }>;

/** Takes in the events of one run, and keeps of them what will be written. */
export class RunReader {
  readonly keepsakes: ImageBatch[] = [];
  real: ImageBatch | null = null;
  failure: FailedEvent | null = null;
  #samples: EventOf<"samples"> | null = null;
  #hasAllImages = false;
  readonly #session: Channel;
  readonly #run: RunId;
  readonly #listener: (event: WorkerEvent) => void;

  /** The session must hold no other run. */
  constructor(session: Channel, run: RunId, listener: (event: WorkerEvent) => void) {
    this.#session = session;
    this.#run = run;
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
    await this.#session.send({ type: "acknowledgeSamples", run: this.#run });
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
    await this.#session.send({ type: "ask", run: this.#run, request: 0, asked: { name, question } as Asked });
    return (await this.until("answered")).given.answer;
  }

  /** Samples are measured beside all real images, so these have to come first. */
  async quality(extent: "all" | "watched"): Promise<QualityReading> {
    while (!this.#hasAllImages) await this.until("dataProgress");
    return this.ask("measure", { extent });
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
    this.#listener(event);
    return event;
  }
}

function errorOf({ code, message, safe, next }: FailedEvent): Error {
  if (code === "impossibleNetwork") return new UsageError(message);
  return new ToolError(`${message}\n${safe} ${next}`);
}
