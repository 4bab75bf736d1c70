/** Finds kernels of our own on the backend that runs. It must not know what any of them computes; operations do. */
import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { LiveNumbers } from "./liveNumbers.ts";

/**
 * The output of a kernel that stands for several operations, or null where the running backend has none. Its gradient can
 * be differentiated once only: inside a gradient of a gradient the answer is null too, so that the portable twin runs.
 */
export function fused(name: string, inputs: NamedTensorMap, attributes: object): Tensor | null {
  if (findKernel(name) === undefined || engine().state.gradientDepth > 1) return null;
  return engine().runKernel(name, inputs, attributes as NamedAttrMap);
}

/**
 * Runs a kernel that changes its inputs in place, if the running backend brings it, and says whether it did. Where it did
 * not, the operation's portable twin has to.
 */
export function ranKernel(name: string, inputs: NamedTensorMap, attributes: NamedAttrMap): boolean {
  if (findKernel(name) === undefined) return false;
  engine().runKernel(name, inputs, attributes);
  return true;
}

/**
 * The same for a kernel that changes many parameters at once: `tensors` are those of each, by the same names, and `live`
 * the numbers that all share.
 */
export function ranTogether(name: string, tensors: readonly NamedTensorMap[], live: LiveNumbers): boolean {
  const inputs = tensors.flatMap((map, order) =>
    Object.entries(map).map(([key, tensor]) => [`${key}${order}`, tensor]),
  );
  return ranKernel(name, Object.fromEntries(inputs) as NamedTensorMap, { live } as unknown as NamedAttrMap);
}

function findKernel(name: string): KernelConfig | undefined {
  return getKernel(name, getBackend());
}
