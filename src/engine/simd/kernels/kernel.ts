/** What a kernel of the SIMD backend is. It must not know any of them. */
import {
  engine,
  type GradConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import type { SimdBackend } from "../backend.ts";

export interface KernelCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: NamedAttrMap | undefined;
  readonly backend: SimdBackend;
}

export interface SimdKernel {
  /** TensorFlow.js's name of it, or one of our own that begins with "Duel". */
  readonly name: string;
  /** The result, which the caller owns; undefined where the case at hand is left to the CPU backend's kernel. */
  run(call: KernelCall): TensorInfo | TensorInfo[] | undefined;
  /** Where it is of our own, and somebody differentiates it. */
  readonly gradient?: Omit<GradConfig, "kernelName">;
}

/** A result as a tensor, which the tidy around it frees. */
export function asTensor(info: TensorInfo): Tensor {
  return engine().makeTensorFromTensorInfo(info);
}

/** An input that the kernel cannot be without. */
export function input(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  return present(inputs[name], `the input ${name} of a kernel`);
}

/** Whether all of them are float32 and none is empty: all that the module computes with. */
export function areFloats(...tensors: readonly (TensorInfo | undefined)[]): boolean {
  return tensors.every((tensor) => tensor === undefined || (tensor.dtype === "float32" && !tensor.shape.includes(0)));
}

/** Numbers in one task of an operation that goes number by number: about ten microseconds of work. */
const GRAIN = 16_384;
/** Tasks for each thread, so that one which is late leaves its share to the others. */
const TASKS_PER_THREAD = 4;

/**
 * How many tasks to wish for, given how many numbers (or multiply-adds, in units of the grain) there are to do: one, or as
 * many for every thread.
 */
export function wantedTasks(work: number, threads: number): number {
  const perThread = Math.min(TASKS_PER_THREAD, Math.ceil(Math.floor(work / GRAIN) / threads));
  return threads === 1 || work < 2 * GRAIN ? 1 : threads * perThread;
}

/** The length of a task when `count` things are shared among `tasks`, as a multiple of `multiple`. */
export function shareOf(count: number, tasks: number, multiple: number): number {
  return Math.ceil(count / tasks / multiple) * multiple;
}
