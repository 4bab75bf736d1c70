/** For tests: the run loop with a download that the test controls, tiny networks, and made-up images. It ends with its test. */
import { onTestFinished } from "vitest";
import { DATA_SETS } from "../data/catalogue.ts";
import type { DataError } from "../data/dataError.ts";
import type { DataShard, DataSource } from "../data/dataSource.ts";
import { startBackend } from "../engine/backend.ts";
import type { BackendChoice } from "../engine/backends.ts";
import { DEFAULT_CONFIG } from "../gan/config.ts";
import type { Config } from "../gan/config.ts";
import { checkParity } from "../gan/parity.ts";
import type { EvaluatorFiles } from "./openEvaluator.ts";
import type { Command, WorkerEvent } from "./protocol.ts";
import type { AnswerOf, Asked, QuestionName, QuestionOf } from "./questions/questions.ts";
import { RunLoop } from "./runLoop.ts";

export const ENTRY = DATA_SETS.mnist;
export const SHARD_SIZE = 100;
export const ITEM_SIZE = 784;

export const TINY: Config = {
  ...DEFAULT_CONFIG,
  batchSize: 4,
  latentDim: 3,
  generator: [
    { type: "dense", units: 784, useBias: true },
    { type: "batchNorm" },
    { type: "tanh" },
    { type: "reshape", targetShape: [28, 28, 1] },
  ],
  discriminator: [{ type: "flatten" }, { type: "dropout", rate: 0.3 }, { type: "dense", units: 1, useBias: true }],
};

/** A shard whose every pixel depends on its place, and whose classes come in turn. */
export function shard(index: number): DataShard {
  const pixels = Uint8Array.from(
    { length: SHARD_SIZE * ITEM_SIZE },
    (_, byte) => (byte * 7 + (byte >> 9) + index) & 255,
  );
  const labels = Uint8Array.from({ length: SHARD_SIZE }, (_, item) => item % ENTRY.classes.length);
  return { index, first: index * SHARD_SIZE, count: SHARD_SIZE, pixels, labels };
}

/** A download that hands out shards when the test says so. */
class PretendedDownload {
  #delivered = 0;
  #allowed: number;
  #wake: (() => void) | null = null;
  error: DataError | null = null;
  loads = 0;

  constructor(shards: number) {
    this.#allowed = shards;
  }

  allow(shards: number): void {
    this.#allowed = shards;
    this.#wake?.();
  }

  /** Another download of the same, from the first shard on. */
  open(): DataSource {
    this.#delivered = 0;
    return this.#source;
  }

  readonly #source: DataSource = {
    entry: ENTRY,
    shardSize: SHARD_SIZE,
    load: async ({ onProgress, onShard, signal }) => {
      this.loads += 1;
      for (;;) {
        while (this.#delivered < this.#allowed) {
          onProgress({ receivedBytes: this.#delivered + 1, totalBytes: 120 });
          onShard(shard(this.#delivered++));
        }
        if (this.error !== null) throw this.error;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        signal.throwIfAborted();
      }
    },
  };
}

type EventOf<Type extends WorkerEvent["type"]> = Extract<WorkerEvent, { readonly type: Type }>;

export class Harness {
  /** The backend that runs are configured for. */
  backend: BackendChoice = "cpu";
  readonly events: WorkerEvent[] = [];
  readonly download: PretendedDownload;
  opened = 0;
  readonly #loop: RunLoop;
  #read = 0;
  #wake: (() => void) | null = null;
  #configured: string | null = null;

  constructor(shards = 1, now = () => performance.now(), evaluator: EvaluatorFiles | null = null) {
    this.download = new PretendedDownload(shards);
    this.#loop = new RunLoop({
      post: (event) => {
        this.events.push(event);
        this.#wake?.();
      },
      startBackend,
      openDataSource: () => {
        this.opened += 1;
        return Promise.resolve(this.download.open());
      },
      openEvaluator: () => Promise.resolve(evaluator),
      checkParity,
      now,
      yieldToMessages: () => new Promise((resolve) => setTimeout(resolve, 0)),
    });
    void this.#loop.serve();
    onTestFinished(() => this.#leave());
  }

  send(command: Command): void {
    if (command.type === "configure") this.#configured = command.run;
    this.#loop.receive(command);
  }

  /** Leaves the last run: another test would count its tensors, and share the processor with it. */
  async #leave(): Promise<void> {
    const run = this.#configured;
    if (run === null || this.all("disposed").some((event) => event.run === run)) return;
    const told = this.events.length;
    this.send({ type: "dispose", run });
    // A run that could not be made is said to have failed instead.
    while (!this.events.slice(told).some(({ type }) => type === "disposed" || type === "failed"))
      await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** The next event of a type that has not been waited for yet. */
  async next<Type extends WorkerEvent["type"]>(type: Type): Promise<EventOf<Type>> {
    for (;;) {
      while (this.#read < this.events.length) {
        const event = this.events[this.#read++];
        if (event?.type === type) return event as EventOf<Type>;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  all<Type extends WorkerEvent["type"]>(type: Type): readonly EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  async configure(run = "run", config: Config = TINY, stripEvery?: number): Promise<EventOf<"ready">> {
    this.send({
      type: "configure",
      run,
      config,
      backend: this.backend,
      ...(stripEvery === undefined ? {} : { stripEvery }),
    });
    return this.next("ready");
  }

  async trainUntil(untilStep: number, run = "run"): Promise<EventOf<"paused">> {
    this.send({ type: "train", run, untilStep });
    return this.next("paused");
  }

  async step(phase: "both" | "discriminator" | "generator", run = "run"): Promise<EventOf<"paused">> {
    this.send({ type: "step", run, phase });
    return this.next("paused");
  }

  async ask<Name extends QuestionName>(name: Name, question: QuestionOf<Name>, run = "run"): Promise<AnswerOf<Name>> {
    this.send({ type: "ask", run, request: 0, asked: { name, question } as Asked });
    return (await this.next("answered")).given.answer;
  }

  history(run = "run") {
    return this.ask("history", null, run);
  }
}
