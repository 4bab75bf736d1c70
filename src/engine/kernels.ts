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
  if (!hasKernel(name) || engine().state.gradientDepth > 1) return null;
  return engine().runKernel(name, inputs, attributes as NamedAttrMap);
}

/** The output of a kernel that has no inputs, so that nothing is ever differentiated by it; or null as above. */
export function drawn(name: string, attributes: object): Tensor | null {
  return hasKernel(name) ? engine().runKernel(name, {}, attributes as NamedAttrMap) : null;
}

/** The output of `fused` for a kernel with several outputs. */
export function severalFused(name: string, inputs: NamedTensorMap, attributes: object): readonly Tensor[] | null {
  if (!hasKernel(name) || engine().state.gradientDepth > 1) return null;
  return engine().runKernel<Tensor[]>(name, inputs, attributes as NamedAttrMap);
}

/**
 * Whether two batches may go through a network at once. Only our own kernels see to it that what the two pull in opposite
 * directions cancels to nothing, as it does when each batch is summed alone; RMSProp and Adam would make a whole step of
 * the rounding error.
 */
export function batchesGoTogether(): boolean {
  return hasKernel("DuelDense");
}

/**
 * Runs a kernel that changes its inputs in place, if the running backend brings it, and says whether it did. Where it did
 * not, the operation's portable twin has to.
 */
export function ranKernel(name: string, inputs: NamedTensorMap, attributes: NamedAttrMap): boolean {
  if (!hasKernel(name)) return false;
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

/** Whether the running backend brings a kernel. */
export function hasKernel(name: string): boolean {
  return findKernel(name) !== undefined;
}

function findKernel(name: string): KernelConfig | undefined {
  return getKernel(name, getBackend());
}
