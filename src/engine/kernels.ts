/** Finds kernels of our own on the backend that runs. It must not know what any of them computes; operations do. */
import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorMap,
} from "@tensorflow/tfjs-core";

/**
 * Runs a kernel that changes its inputs in place, if the running backend brings it, and says whether it did. Where it did
 * not, the operation's portable twin has to.
 */
export function ranKernel(name: string, inputs: NamedTensorMap, attributes: NamedAttrMap): boolean {
  if (findKernel(name) === undefined) return false;
  engine().runKernel(name, inputs, attributes);
  return true;
}

function findKernel(name: string): KernelConfig | undefined {
  return getKernel(name, getBackend());
}
