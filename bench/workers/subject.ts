/** The contract of whoever is measured in a worker, and the loop that measures it. It must not know any subject. */
import type {
  BenchAnswer,
  BenchRequest,
  BurstAnswer,
  ProfiledCommand,
  StartedAnswer,
  StartRequest,
} from "./contract.ts";
import { countGpuCalls } from "./gpuCalls.ts";

declare const self: DedicatedWorkerGlobalScope;

/** One GAN under training, made of nothing but its own library. */
export interface Subject {
  readonly device: Pick<StartedAnswer, "device" | "onProcessor">;
  /** Begins one training step; the device may finish it later. */
  step(): void;
  /** Resolves when the device has finished all steps; the losses of the last one, of D and of G. */
  finish(): Promise<readonly number[]>;
  /** Two matrices [size, size] to be multiplied; null where that is not of interest. */
  readonly matrices: ((size: number) => Matrices) | null;
  /** Takes steps whose commands are timed one by one; left out where there are no commands to time. */
  readonly profile?: (steps: number) => readonly ProfiledCommand[];
}

export interface Matrices {
  /** Resolves when the device has multiplied them. */
  multiply(this: void): Promise<void>;
  dispose(this: void): void;
}

/** A matrix product is timed so often, and the least time counts. */
const PRODUCTS = 3;

/** Serves requests one after the other, for as long as the worker lives. */
export function serve(create: (request: StartRequest) => Promise<Subject>): void {
  let subject: Subject | null = null;
  let usesGpu = false;

  async function answer(request: BenchRequest): Promise<BenchAnswer> {
    if (request.type === "start") {
      usesGpu = request.backend === "webgpu";
      subject = await create(request);
      return { type: "started", ...subject.device };
    }
    if (subject === null) throw new Error("Nothing was started.");
    if (request.type === "product") return multiply(subject, request.size);
    if (request.type === "profile") return profile(subject, request.steps);
    if (!usesGpu) return { ...(await train(subject, request.steps)), javascriptMilliseconds: null };
    if (request.counts !== true) return train(subject, request.steps);
    const takeGpuCalls = countGpuCalls(globalThis);
    return { ...(await train(subject, request.steps)), calls: takeGpuCalls() };
  }

  self.addEventListener("message", ({ data }: MessageEvent<BenchRequest>) => {
    void answer(data)
      .catch((error: unknown) => ({ type: "failed", message: messageOf(error) }) as const)
      .then((result: BenchAnswer) => {
        self.postMessage(result);
      });
  });
}

async function train(subject: Subject, steps: number): Promise<BurstAnswer> {
  const began = performance.now();
  subject.step();
  // Later steps are issued while a device computes, and one in software takes the worker's processor meanwhile.
  const javascriptMilliseconds = performance.now() - began;
  for (let step = 1; step < steps; step++) subject.step();
  const losses = await subject.finish();
  const milliseconds = performance.now() - began;
  if (!losses.every(Number.isFinite)) throw new Error(`The losses are no numbers any more: ${losses.join(", ")}.`);
  return { type: "burst", steps, milliseconds, javascriptMilliseconds, calls: null, losses };
}

async function multiply({ matrices }: Subject, size: number): Promise<BenchAnswer> {
  if (matrices === null) throw new Error("This subject multiplies no matrices by themselves.");
  const { multiply: product, dispose } = matrices(size);
  await product();
  let milliseconds = Infinity;
  for (let time = 0; time < PRODUCTS; time++) {
    const began = performance.now();
    await product();
    milliseconds = Math.min(milliseconds, performance.now() - began);
  }
  dispose();
  return { type: "product", milliseconds };
}

function profile({ profile: timed }: Subject, steps: number): BenchAnswer {
  if (timed === undefined) throw new Error("This subject has no commands to time.");
  return { type: "profile", commands: timed(steps) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
