/**
 * A step recorded once and replayed without TensorFlow.js in the way: the same commands on the same buffers, so that a
 * replay gives bit for bit what another eager step would have given. All that shall differ from step to step (weights,
 * counters, settings) must sit in tensors that are changed in place. It must not know what a step computes.
 */
import { getBackend, type Tensor } from "@tensorflow/tfjs-core";
import { recordOnWebGpu } from "./webgpu/recorder.ts";

export interface StepGraph {
  /** Kernels that a replay starts. */
  readonly dispatches: number;
  /** Whether a tensor that the step used from outside is gone or was assigned since: capture the step anew then. */
  readonly stale: boolean;
  /**
   * Repeats the step, after all that was asked of the device before; a device may be given it later, with what comes next.
   * The results stand until the next replay. They are the graph's own: the caller leaves them as they are. Throws when stale.
   */
  replay(): readonly Tensor[];
  /** Frees what the step keeps on the device, its results among it. */
  dispose(): void;
}

/** Why a step cannot be replayed; `operation` names the kernel, or the variable, that stands in the way. */
export interface Refusal {
  readonly operation: string;
  readonly reason: string;
}

/** The step ran once, to its end, in either case. Its results are the graph's where there is one, else the caller's. */
export type Capture =
  | { readonly captured: true; readonly graph: StepGraph; readonly results: readonly Tensor[] }
  | { readonly captured: false; readonly refusal: Refusal; readonly results: readonly Tensor[] };

const recorders = new Map<string, (step: () => readonly Tensor[]) => Capture>();

/** Lets a backend that is loaded on demand record steps. */
export function registerRecorder(backendName: string, record: (step: () => readonly Tensor[]) => Capture): void {
  recorders.set(backendName, record);
}

/** Whether the backend that runs can record steps at all. */
export function recordsSteps(): boolean {
  return getBackend() === "webgpu" || recorders.has(getBackend());
}

/**
 * Runs a step once and records it. Passes on what the step throws, and then keeps nothing; a step that waits for numbers
 * throws, too.
 */
export function captureStep(step: () => readonly Tensor[]): Capture {
  if (getBackend() === "webgpu") return recordOnWebGpu(step);
  const record = recorders.get(getBackend());
  if (record !== undefined) return record(step);
  const refusal = { operation: getBackend(), reason: "this backend does not record steps" };
  return { captured: false, refusal, results: step() };
}
