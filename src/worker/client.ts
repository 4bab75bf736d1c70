/** The page's end of the training worker: sends commands, hands out events of the current run. It must not know tensors or stores. */
import type { Command, RunId, WorkerEvent } from "./protocol.ts";

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
  const listeners = new Set<(event: WorkerEvent) => void>();
  let run: RunId | null = null;
  let crash: string | null = null;

  function emit(event: WorkerEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  const watchdog = createWatchdog({
    ping: () => {
      worker?.postMessage({ type: "ping" } satisfies Command);
    },
    report: (seconds) => {
      emit({ type: "unresponsive", seconds });
    },
  });

  function reportCrash(): void {
    emit({
      type: "failed",
      run,
      code: "workerCrashed",
      message: `The training worker died: ${crash ?? "no reason given"}`,
      safe: "Your settings are unchanged, and what is on screen stays.",
      next: "Start a new worker with the same settings; training begins again at step 0.",
    });
  }

  function start(): Worker {
    const started = makeWorker();
    const die = (reason: string) => {
      if (started !== worker) return;
      stop();
      crash = reason;
      reportCrash();
    };
    started.onmessage = (message: MessageEvent<WorkerEvent>) => {
      if (started !== worker) return;
      watchdog.heard();
      if (!isStale(message.data, run)) emit(message.data);
    };
    started.onerror = (event) => {
      event.preventDefault();
      die(event.message === "" ? "its script could not be loaded." : event.message);
    };
    started.onmessageerror = () => {
      die("it sent a message that cannot be read.");
    };
    watchdog.start();
    return started;
  }

  function stop(): void {
    watchdog.stop();
    worker?.terminate();
    worker = null;
  }

  let worker: Worker | null = null;
  worker = start();

  return {
    send(command) {
      if (command.type === "configure") run = command.run;
      if (worker === null) {
        if (crash !== null) reportCrash();
        return;
      }
      worker.postMessage(command, buffersOf(command));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart() {
      stop();
      crash = null;
      run = null;
      worker = start();
    },
    dispose() {
      stop();
      listeners.clear();
    },
  };
}

/** Whether an event tells of a run that is not the current one. */
function isStale(event: WorkerEvent, run: RunId | null): boolean {
  return "run" in event && event.run !== null && event.run !== run;
}

function buffersOf(command: Command): Transferable[] {
  return command.type === "render" && command.latents.kind === "given" ? [command.latents.values.buffer] : [];
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
