/** What tensors take at this moment, as the backend that runs counts it. It must not know whose they are. */
import { memory } from "@tensorflow/tfjs-core";
import type { MemoryReport } from "./protocol.ts";

/** Bytes taken from the device, as each backend names them; `cpu` takes none but those of its tensors. */
interface Taken {
  /** simd */
  readonly numBytesAllocated?: number;
  /** webgpu */
  readonly numBytesAllocatedInGPU?: number;
  /** webgl */
  readonly numBytesInGPUAllocated?: number;
}

export function memoryReport(): MemoryReport {
  const { numTensors, numBytes, ...taken } = memory() as ReturnType<typeof memory> & Taken;
  return {
    tensors: numTensors,
    bytes: numBytes,
    takenBytes: taken.numBytesAllocated ?? taken.numBytesAllocatedInGPU ?? taken.numBytesInGPUAllocated ?? null,
  };
}
