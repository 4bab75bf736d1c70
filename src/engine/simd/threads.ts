/** The helping threads: workers that serve commands out of the shared memory. It must not know what commands do. */
import { COMMAND, GENERATION, OWNER_MAY_WAIT, STOP, THREADS } from "./opcodes.ts";

/** How long a worker may take to start before the training goes on without it. */
const PATIENCE_MILLISECONDS = 10_000;

/** What a helping thread is given to begin with. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1; the owner is thread 0. */
  readonly thread: number;
}

export interface ThreadPool {
  /** Threads beside the owner. */
  readonly helpers: number;
  stop(): void;
}

/** Starts the helpers; undefined, and nothing left running, when not all of them start. */
export async function startThreads(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  helpers: number,
): Promise<ThreadPool | undefined> {
  const control = new Int32Array(memory.buffer, 0, COMMAND / 4);
  // Only workers may block; on a page the owner spins while it waits for the last task.
  control[OWNER_MAY_WAIT / 4] = "WorkerGlobalScope" in globalThis ? 1 : 0;
  control[THREADS / 4] = 1 + helpers;
  const workers: Worker[] = [];
  const stop = () => {
    Atomics.store(control, STOP / 4, 1);
    Atomics.add(control, GENERATION / 4, 1);
    Atomics.notify(control, GENERATION / 4);
    for (const worker of workers) worker.terminate();
  };
  const started = Array.from({ length: helpers }, (_, index) => {
    const worker = new Worker(new URL("./thread.worker.ts", import.meta.url), { type: "module", name: "Duel thread" });
    workers.push(worker);
    return greet(worker, { module, memory, thread: index + 1 });
  });
  const all = await Promise.all(started);
  if (all.every(Boolean)) return { helpers, stop };
  stop();
  return undefined;
}

/** Sends a worker its start and waits for its answer: whether it came. */
function greet(worker: Worker, start: ThreadStart): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, PATIENCE_MILLISECONDS);
    const answer = (came: boolean) => {
      clearTimeout(timer);
      resolve(came);
    };
    worker.onmessage = () => {
      answer(true);
    };
    worker.onerror = () => {
      answer(false);
    };
    worker.postMessage(start);
  });
}
