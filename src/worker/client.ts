/** The page's end of the training worker: sends commands, hands out events of the current run. It must not know tensors or stores. */
import type { Command, RunId, WorkerEvent } from "./protocol.ts";
import { buffersIn } from "./transfer.ts";

export interface TrainingClient {
  /** Sends a command; buffers in it are handed over. After a crash it answers with `workerCrashed` until `restart`. */
  send(command: Command): void;
  /** Calls `listener` with every event of the current run, and with those of no run. Returns what ends it. */
  subscribe(listener: (event: WorkerEvent) => void): () => void;
  /** Ends the worker, whatever it is doing, and starts a new one, which has no run yet. */
  restart(): void;
  /** Ends the worker for good. */
  dispose(): void;
}

/** Between two questions whether the worker still listens. */
const PING_MILLISECONDS = 5_000;
/** A worker is called unresponsive after this long. */
const PATIENCE_MILLISECONDS = 30_000;

function makeTrainingWorker(): Worker {
  return new Worker(new URL("./training.worker.ts", import.meta.url), { type: "module", name: "Duel training" });
}

/** A client with a worker of its own, which starts at once. */
export function createTrainingClient(makeWorker: () => Worker = makeTrainingWorker): TrainingClient {
  return new WorkerClient(makeWorker);
}

class WorkerClient implements TrainingClient {
  readonly #makeWorker: () => Worker;
  readonly #listeners = new Set<(event: WorkerEvent) => void>();
  readonly #watchdog: Watchdog;
  #worker: Worker | null = null;
  #run: RunId | null = null;
  /** Why the last worker died; null while one lives. */
  #crash: string | null = null;

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
    this.#watchdog = createWatchdog({
      ping: () => {
        this.#worker?.postMessage({ type: "ping" } satisfies Command);
      },
      report: (seconds) => {
        this.#emit({ type: "unresponsive", seconds });
      },
    });
    this.#start();
  }

  send(command: Command): void {
    if (command.type === "configure") this.#run = command.run;
    if (this.#crash !== null) this.#reportCrash(this.#crash);
    this.#worker?.postMessage(command, handedOver(command));
  }

  subscribe(listener: (event: WorkerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  restart(): void {
    this.#stop();
    this.#crash = null;
    this.#run = null;
    this.#start();
  }

  dispose(): void {
    this.#stop();
    this.#listeners.clear();
  }

  #start(): void {
    const worker = this.#makeWorker();
    worker.onmessage = (message: MessageEvent<WorkerEvent>) => {
      if (worker !== this.#worker) return;
      this.#watchdog.heard();
      if (!isStale(message.data, this.#run)) this.#emit(message.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#die(worker, event.message || "its script could not be loaded.");
    };
    worker.onmessageerror = () => {
      this.#die(worker, "it sent a message that cannot be read.");
    };
    this.#worker = worker;
    this.#watchdog.start();
  }

  #stop(): void {
    this.#watchdog.stop();
    this.#worker?.terminate();
    this.#worker = null;
  }

  #die(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    this.#stop();
    this.#crash = reason;
    this.#reportCrash(reason);
  }

  #reportCrash(reason: string): void {
    this.#emit({
      type: "failed",
      run: this.#run,
      code: "workerCrashed",
      message: `The training worker died: ${reason}`,
      safe: "Your settings are unchanged, and what is on screen stays.",
      next: "Start a new worker with the same settings; training begins again at step 0.",
    });
  }

  #emit(event: WorkerEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** Whether an event tells of a run that is not the current one. */
function isStale(event: WorkerEvent, run: RunId | null): boolean {
  return "run" in event && event.run !== null && event.run !== run;
}

/** Whoever asks something hands over the numbers in the question. */
function handedOver(command: Command): Transferable[] {
  return command.type === "ask" ? [...buffersIn(command.asked)] : [];
}

interface Watchdog {
  start(): void;
  stop(): void;
  /** Any message is a sign of life. */
  heard(): void;
}

/** Asks every few seconds, and reports when no answer came for long, and again when one did. */
function createWatchdog(outside: { ping(): void; report(seconds: number): void }): Watchdog {
  let timer: ReturnType<typeof setInterval> | undefined;
  let askedAt: number | null = null;
  let reported = false;

  function look(): void {
    if (askedAt === null) {
      askedAt = performance.now();
      outside.ping();
      return;
    }
    const silence = performance.now() - askedAt;
    if (silence < PATIENCE_MILLISECONDS) return;
    reported = true;
    outside.report(Math.round(silence / 1000));
  }

  function forget(): void {
    askedAt = null;
    reported = false;
  }

  return {
    start() {
      forget();
      timer = setInterval(look, PING_MILLISECONDS);
    },
    stop() {
      clearInterval(timer);
    },
    heard() {
      if (reported) outside.report(0);
      forget();
    },
  };
}
