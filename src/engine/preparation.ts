/** Gets the kernels of some work ready before it is done, where the backend compiles any. It must not know the work. */
import { getBackend } from "@tensorflow/tfjs-core";
import { compileCollected, rehearse } from "./webgpu/rehearsal.ts";

/** How far the compilation is: kernels that are there, of all that were missing. */
export interface Preparation {
  readonly ready: number;
  readonly total: number;
}

/**
 * Compiles the kernels that `work` needs, in the background, and finds the fastest where several do the same. `work` is gone
 * through at once, but no number moves; it must do what will be done later, on tensors of the same shapes. `report` is called
 * at the beginning and after each kernel. Null where nothing is missing: on a backend that compiles nothing, or when all is
 * there.
 */
export function prepareKernels(
  work: () => void,
  report: (preparation: Preparation) => void,
  signal: AbortSignal,
): Promise<void> | null {
  if (getBackend() !== "webgpu") return null;
  const collected = rehearse(work);
  return collected.kernels.length === 0 ? null : compileCollected(collected, report, signal);
}
