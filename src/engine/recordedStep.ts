/**
 * A step that is recorded when it first runs and replayed from then on, or runs eagerly where it cannot be recorded. It
 * must not know what the step computes.
 */
import { dispose, keep, type Tensor } from "@tensorflow/tfjs-core";
import { captureStep, type Refusal, type StepGraph } from "./stepGraph.ts";

export interface RecordedStep {
  /** Kernels that a replay starts; null while nothing is recorded. */
  readonly dispatches: number | null;
  /** Why the step runs eagerly; null before its first run, and where it is replayed. */
  readonly refusal: Refusal | null;
  /**
   * Makes the step and gives its results, which stand until the next run; the caller leaves them as they are. Records anew
   * by itself after a tensor from outside was assigned.
   */
  run(): readonly Tensor[];
  /** Frees the results and all that the step keeps. */
  dispose(): void;
}

/**
 * `step` must be the same work at every run: what changes between runs must sit in tensors that are changed in place, or
 * in live numbers, which are set before.
 */
export function recordStep(step: () => readonly Tensor[]): RecordedStep {
  let graph: StepGraph | null = null;
  let refusal: Refusal | null = null;
  /** Those of an eager step, which no graph frees. */
  let results: readonly Tensor[] = [];

  function capture(): readonly Tensor[] {
    graph?.dispose();
    const captured = captureStep(step);
    graph = captured.captured ? captured.graph : null;
    refusal = captured.captured ? null : captured.refusal;
    if (!captured.captured) results = keepAll(captured.results);
    return captured.results;
  }

  function runEagerly(): readonly Tensor[] {
    dispose([...results]);
    results = keepAll(step());
    return results;
  }

  return {
    get dispatches() {
      return graph?.dispatches ?? null;
    },
    get refusal() {
      return refusal;
    },
    run() {
      if (refusal !== null) return runEagerly();
      return graph === null || graph.stale ? capture() : graph.replay();
    },
    dispose() {
      graph?.dispose();
      graph = null;
      dispose([...results]);
      results = [];
    },
  };
}

/** Keeps tensors beyond the tidy around them. */
function keepAll(tensors: readonly Tensor[]): readonly Tensor[] {
  for (const tensor of tensors) keep(tensor);
  return tensors;
}
