/**
 * Compiles the kernels of some work before it is done: the work is gone through once while nothing runs on the device, and
 * what it would have run is compiled in the background. It must not know what the work computes.
 */
import { clone, engine, env, keep, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Preparation } from "../preparation.ts";
import { collect, type Collector } from "./collector.ts";
import { COMPILE_ONLY, replaceMethod, webGpuInternals, type WebGpuInternals } from "./internals.ts";
import { Trials } from "./trial.ts";

/** Kernels under compilation at once: enough for the threads of a driver, few enough that an abandoned run costs little. */
const AT_ONCE = 4;

/** Goes through the work, which may make tensors and change variables in any way; no number moves. */
export function rehearse(work: () => void): Collector {
  const internals = webGpuInternals();
  const putBack = keepVariables();
  try {
    return collect(internals.device, (collector) => {
      collectStock(internals, collector, work);
    });
  } finally {
    putBack();
  }
}

/** Compiles and tries out what was collected, and says after each kernel how far it is. Ends early when the signal is given. */
export async function compileCollected(
  { kernels, trials }: Collector,
  report: (preparation: Preparation) => void,
  signal: AbortSignal,
): Promise<void> {
  const { device } = webGpuInternals();
  const waiting = kernels.values();
  let ready = 0;
  report({ ready, total: kernels.length });
  const compileSome = async (): Promise<void> => {
    for (const { descriptor, provide } of waiting) {
      if (signal.aborted) return;
      try {
        provide(await device.createComputePipelineAsync(descriptor));
      } catch (error) {
        // The kernel is compiled again when it is needed, and then the failure counts.
        console.warn(`The kernel ${descriptor.label ?? ""} could not be compiled ahead: ${String(error)}`);
      }
      ready += 1;
      report({ ready, total: kernels.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, compileSome));
  await holdTrials(trials, signal);
}

/** Finds the fastest of kernels of which there are several for the same. */
async function holdTrials(trials: Collector["trials"], signal: AbortSignal): Promise<void> {
  const held = new Trials(() => performance.now());
  for (const trial of trials) {
    if (signal.aborted) return;
    try {
      await trial(held);
    } catch (error) {
      // Such as a device that is gone. The kernel takes its usual form when it is needed.
      console.warn(`Kernels could not be tried out: ${String(error)}`);
    }
  }
}

/** Collects the kernels of TensorFlow.js: by a flag of its own it asks for them, and does not run them. */
function collectStock(internals: WebGpuInternals, { kernels }: Collector, work: () => void): void {
  const restoreCompiler = replaceMethod(internals.device, "createComputePipelineAsync", () => (descriptor) => {
    return new Promise((resolve) => kernels.push({ descriptor, provide: resolve }));
  });
  env().set(COMPILE_ONLY, true);
  try {
    tidy(work);
  } finally {
    env().set(COMPILE_ONLY, false);
    restoreCompiler();
    takePromises(internals);
  }
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
