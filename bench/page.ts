/** The benchmark's page: starts a worker for each subject and hands requests through to it. It must not measure anything. */
import type { BenchAnswer, BenchRequest, SubjectName } from "./workers/contract.ts";

/** What the tool finds as `window.bench`. A worker answers one request at a time. */
export interface BenchPage {
  /** Answers the worker's number. */
  open(subject: Exclude<SubjectName, "pytorch">): number;
  ask(worker: number, request: BenchRequest): Promise<BenchAnswer>;
  /** Ends the worker, whatever it is doing. */
  close(worker: number): void;
}

declare global {
  interface Window {
    bench?: BenchPage;
  }
}

/** The bundler finds these by their literal form. */
const START = {
  duel: () => new Worker(new URL("./workers/duel.worker.ts", import.meta.url), { type: "module" }),
  tfjs: () => new Worker(new URL("./workers/tfjs.worker.ts", import.meta.url), { type: "module" }),
  "jax-js": () => new Worker(new URL("./workers/jaxJs.worker.ts", import.meta.url), { type: "module" }),
} as const satisfies Readonly<Record<Exclude<SubjectName, "pytorch">, () => Worker>>;

const workers: Worker[] = [];

function ask(worker: Worker | undefined, request: BenchRequest): Promise<BenchAnswer> {
  return new Promise((resolve) => {
    if (worker === undefined) {
      resolve({ type: "failed", message: "There is no such worker." });
      return;
    }
    worker.onmessage = ({ data }: MessageEvent<BenchAnswer>) => {
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      resolve({ type: "failed", message: message === "" ? "The worker did not start." : message });
    };
    worker.postMessage(request);
  });
}

window.bench = {
  open: (subject) => workers.push(START[subject]()) - 1,
  ask: (worker, request) => ask(workers[worker], request),
  close: (worker) => {
    workers[worker]?.terminate();
  },
};
