/** Finds kernels of our own on the backend that runs. It must not know what any of them computes; operations do. */
import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** Whether the running backend brings that kernel. Where it does not, the operation's portable twin does the work. */
export function hasKernel(name: string): boolean {
  return getKernel(name, getBackend()) !== undefined;
}

/** Runs a kernel that the running backend brings, outside any gradient. */
export function runKernel(name: string, inputs: NamedTensorMap, attributes: NamedAttrMap): Tensor {
  return engine().runKernel(name, inputs, attributes);
}
