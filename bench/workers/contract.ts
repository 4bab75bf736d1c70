/** What the benchmark's tool, page and workers say to each other. Plain types; it must not know how anything is measured. */
import type { Config } from "../../src/gan/config.ts";

/** Who trains. Each has a worker of its own, PyTorch a process. */
export type SubjectName = "duel" | "tfjs" | "jax-js" | "pytorch";

/** What a subject is to train, and on what. */
export interface StartRequest {
  readonly type: "start";
  readonly config: Config;
  /** A backend that the subject knows. */
  readonly backend: string;
  /** Threads to compute with; null where the backend has none. */
  readonly threads: number | null;
}

/** Some training steps, timed together. */
export interface BurstRequest {
  readonly type: "burst";
  readonly steps: number;
  /** Whether to count calls of the graphics card's interface, which takes a little of JavaScript's time. */
  readonly counts?: boolean;
}

/** The product of two matrices [size, size] that are there already: the least time of a few goes. */
export interface ProductRequest {
  readonly type: "product";
  readonly size: number;
}

/** Some training steps of the SIMD backend, each command timed by itself. */
export interface ProfileRequest {
  readonly type: "profile";
  readonly steps: number;
}

export type BenchRequest = StartRequest | BurstRequest | ProductRequest | ProfileRequest;

export interface StartedAnswer {
  readonly type: "started";
  /** The adapter or processor in words. */
  readonly device: string;
  /** Whether that is the processor, be it in the guise of a graphics card. */
  readonly onProcessor: boolean;
}

export interface BurstAnswer {
  readonly type: "burst";
  readonly steps: number;
  /** From the first step's begin until the device has finished the last one. */
  readonly milliseconds: number;
  /**
   * Of these, the time in which JavaScript issued the first step, while the device had nothing else to do; null where
   * issuing is the computing itself.
   */
  readonly javascriptMilliseconds: number | null;
  /** Null where they were not asked for, or there is no graphics card's interface to count at. */
  readonly calls: GpuCalls | null;
  /** The losses of the last step. */
  readonly losses: readonly number[];
}

export interface ProductAnswer {
  readonly type: "product";
  readonly milliseconds: number;
}

/** A command of a recorded step, as its words lie in the memory. */
export interface ProfiledCommand {
  readonly words: readonly number[];
  readonly microseconds: number;
}

export interface ProfileAnswer {
  readonly type: "profile";
  readonly commands: readonly ProfiledCommand[];
}

export interface FailedAnswer {
  readonly type: "failed";
  readonly message: string;
}

export type BenchAnswer = StartedAnswer | BurstAnswer | ProductAnswer | ProfileAnswer | FailedAnswer;

/** Calls of the WebGPU interface, as JavaScript makes them. */
export interface GpuCalls {
  readonly dispatches: number;
  readonly submits: number;
  readonly buffers: number;
  readonly bindGroups: number;
}
