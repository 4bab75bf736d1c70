/** Starts the SIMD backend of TensorFlow.js. What it inherits comes from the CPU backend; what is fast, from kernels/. */
import {
  copyRegisteredKernels,
  findBackend,
  getKernelsForBackend,
  registerBackend,
  setBackend,
} from "@tensorflow/tfjs-core";
import { registerRecorder } from "../stepGraph.ts";
import { SimdBackend } from "./backend.ts";
import { registerKernels } from "./kernels/index.ts";
import { loadSimdModule, type SimdFeatures } from "./module.ts";
import { recordOnSimd } from "./recorder.ts";

const NAME = "simd";

/**
 * Registers the backend if it is not there yet, and makes it the one that runs. `features` narrows what is used of this
 * machine; all that there is by default.
 * @throws when the browser has no WebAssembly SIMD or the module cannot be loaded
 */
export async function startSimd(features?: SimdFeatures): Promise<{ device: string }> {
  const standing: unknown = findBackend(NAME);
  const backend = standing instanceof SimdBackend ? standing : await register(features);
  await setBackend(NAME);
  return { device: backend.device };
}

async function register(features: SimdFeatures | undefined): Promise<SimdBackend> {
  const backend = new SimdBackend(await loadSimdModule(features));
  registerBackend(NAME, () => backend);
  // Kernels outlive a backend that was removed.
  if (getKernelsForBackend(NAME).length === 0) {
    copyRegisteredKernels("cpu", NAME);
    registerKernels(NAME);
    registerRecorder(NAME, recordOnSimd);
  }
  return backend;
}
