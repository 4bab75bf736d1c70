/** Counts calls of the WebGPU interface by wrapping it, whoever makes them. It must not know who is measured. */
import type { GpuCalls } from "./contract.ts";

type Counts = { -readonly [Call in keyof GpuCalls]: number };

/** What counts as which call: the interface and its method. */
const COUNTED = [
  ["dispatches", "GPUComputePassEncoder", "dispatchWorkgroups"],
  ["dispatches", "GPUComputePassEncoder", "dispatchWorkgroupsIndirect"],
  ["submits", "GPUQueue", "submit"],
  ["buffers", "GPUDevice", "createBuffer"],
  ["bindGroups", "GPUDevice", "createBindGroup"],
] as const satisfies readonly (readonly [keyof GpuCalls, string, string])[];

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Interfaces = Readonly<Record<string, { readonly prototype: Record<string, Method | undefined> } | undefined>>;

/** Counts from now on; where there is no WebGPU, nothing. Answers a function that ends it and gives the calls until then. */
export function countGpuCalls(scope: object): () => GpuCalls {
  const counts: Counts = { dispatches: 0, submits: 0, buffers: 0, bindGroups: 0 };
  const restore: (() => void)[] = [];
  for (const [call, name, method] of COUNTED) {
    const prototype = (scope as Interfaces)[name]?.prototype;
    const original = prototype?.[method];
    if (prototype === undefined || original === undefined) continue;
    prototype[method] = function (...args) {
      counts[call] += 1;
      return original.apply(this, args);
    };
    restore.push(() => {
      prototype[method] = original;
    });
  }
  return () => {
    for (const put of restore.splice(0)) put();
    return counts;
  };
}
