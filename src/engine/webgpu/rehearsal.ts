/**
 * Compiles the kernels of some work before it is done: the work is gone through once while nothing runs on the device, and
 * what it would have run is compiled in the background. It must not know what the work computes.
 */
import { clone, engine, env, keep, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Preparation } from "../preparation.ts";
import { COMPILE_ONLY, replaceMethod, webGpuInternals, type WebGpuInternals } from "./internals.ts";

/** A kernel that somebody waits for. */
export interface AwaitedKernel {
  readonly descriptor: GPUComputePipelineDescriptor;
  provide(pipeline: GPUComputePipeline): void;
}

/** Kernels under compilation at once: enough for the threads of a driver, few enough that an abandoned run costs little. */
const AT_ONCE = 4;

/** Goes through the work, which may make tensors and change variables in any way; no number moves. */
export function rehearse(work: () => void): readonly AwaitedKernel[] {
  const internals = webGpuInternals();
  const awaited: AwaitedKernel[] = [];
  const restoreCompiler = replaceMethod(internals.device, "createComputePipelineAsync", () => (descriptor) => {
    return new Promise((resolve) => awaited.push({ descriptor, provide: resolve }));
  });
  const putBack = keepVariables();
  env().set(COMPILE_ONLY, true);
  try {
    tidy(work);
  } catch {
    // What fails here is met again, and reported, when the work is done in earnest.
  } finally {
    env().set(COMPILE_ONLY, false);
    putBack();
    restoreCompiler();
    takePromises(internals);
  }
  return awaited;
}

/** Compiles the kernels, a few at a time, and says after each how far it is. Ends early when the signal is given. */
export async function compileAwaited(
  awaited: readonly AwaitedKernel[],
  report: (preparation: Preparation) => void,
  signal: AbortSignal,
): Promise<void> {
  const { device } = webGpuInternals();
  const waiting = awaited.values();
  let ready = 0;
  report({ ready, total: awaited.length });
  const compileSome = async (): Promise<void> => {
    for (const kernel of waiting) {
      if (signal.aborted) return;
      try {
        kernel.provide(await device.createComputePipelineAsync(kernel.descriptor));
      } catch (error) {
        // The kernel is compiled again when it is needed, and then the failure counts.
        console.warn(`The kernel ${kernel.descriptor.label ?? ""} could not be compiled ahead: ${String(error)}`);
      }
      ready += 1;
      report({ ready, total: awaited.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, compileSome));
}

/** Remembers what every variable stands on; the function that it answers assigns it again where that was changed. */
function keepVariables(): () => void {
  const kept = Object.values(engine().state.registeredVariables).map((variable): readonly [Variable, Tensor] => [
    variable,
    keep(clone<Tensor>(variable)),
  ]);
  return () => {
    for (const [variable, before] of kept) {
      if (variable.dataId !== before.dataId) variable.assign(before);
      before.dispose();
    }
  };
}

/** TensorFlow.js refuses to run a kernel while there is only a promise of it: the cache gets each when it is there. */
function takePromises({ pipelineCache }: WebGpuInternals): void {
  for (const [key, entry] of Object.entries(pipelineCache)) {
    if (!(entry instanceof Promise)) continue;
    Reflect.deleteProperty(pipelineCache, key);
    void entry.then((pipeline) => {
      pipelineCache[key] ??= pipeline;
    });
  }
}
