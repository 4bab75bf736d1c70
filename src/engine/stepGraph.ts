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
  /**
   * Repeats the step. The results are copies of the step's own, which the caller frees. Throws when a tensor that the
   * step used from outside is gone or was assigned another value since: capture the step anew then.
   */
  replay(): readonly Tensor[];
  /** Frees what the step keeps on the device. */
  dispose(): void;
}

/** Why a step cannot be replayed; `operation` names the kernel, or the variable, that stands in the way. */
export interface Refusal {
  readonly operation: string;
  readonly reason: string;
}

/** `results` are those of the step itself, which ran once in either case that reaches its end. The caller frees them. */
export type Capture =
  | { readonly captured: true; readonly graph: StepGraph; readonly results: readonly Tensor[] }
  | { readonly captured: false; readonly refusal: Refusal };

/**
 * Runs a step once and records it. A refused step may have run in part: refusals depend on how a step is written, not on
 * its numbers, so capture on a state that can be thrown away or is restored afterwards where that matters.
 */
export function captureStep(step: () => readonly Tensor[]): Capture {
  if (getBackend() === "webgpu") return recordOnWebGpu(step);
  return { captured: false, refusal: { operation: getBackend(), reason: "this backend does not record steps" } };
}
