/**
 * The one place that names what TensorFlow.js keeps private in its WebGPU backend and in its engine. Written against
 * version 4.22.0, to which package.json is pinned; it must not do anything of its own with what it names.
 */
import { backend, engine, type DataType, type TensorInfo } from "@tensorflow/tfjs-core";

/** What the backend knows of the data of a tensor. */
export interface TensorData {
  /** A copy in the worker's memory. A kernel that changes the buffer in place makes it stale, and must clear it. */
  values: ArrayLike<unknown> | null | undefined;
  readonly dtype: DataType;
  readonly shape: number[];
  readonly resource?: GPUBuffer | null;
}

export interface BufferManager {
  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mapped?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  readonly numBytesAllocated: number;
  getNumUsedBuffers(): number;
}

export interface WebGpuInternals {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly bufferManager: BufferManager;
  readonly tensorMap: { get(dataId: object): TensorData; has(dataId: object): boolean };
  /** Commands that are encoded and not submitted yet. */
  readonly commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  /** Tensors that those commands use; their buffers are released only after the submit. */
  readonly commandQueueOwnedIds: WeakSet<object>;
  /** Compiled kernels by a key; promises of them while they are compiled ahead. */
  readonly pipelineCache: Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;
  dispatchCountInPass: number;
  nextDataId(): number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  makeTensorInfo(shape: number[], dtype: DataType): TensorInfo;
  uploadToGPU(dataId: object): void;
  disposeData(dataId: object): boolean;
  /** Keeps what was read as the tensor's `values`, and answers it. */
  convertAndCacheOnCPU(dataId: object, data: unknown): unknown;
  read(dataId: object): Promise<unknown>;
  readSync(dataId: object): unknown;
}

const METHODS = [
  "nextDataId",
  "ensureCommandEncoderReady",
  "endComputePassEncoder",
  "submitQueue",
  "makeTensorInfo",
  "uploadToGPU",
  "disposeData",
  "convertAndCacheOnCPU",
  "read",
  "readSync",
] as const satisfies readonly (keyof WebGpuInternals)[];

const FIELDS = [
  "device",
  "queue",
  "bufferManager",
  "tensorMap",
  "commandEncoder",
  "computePassEncoder",
  "commandQueueOwnedIds",
  "pipelineCache",
  "dispatchCountInPass",
] as const satisfies readonly (keyof WebGpuInternals)[];

const checked = new WeakSet<object>();

/** The running backend, seen from inside. Throws where it is not the WebGPU backend of the version this was written for. */
export function webGpuInternals(): WebGpuInternals {
  const running: object = backend();
  if (!checked.has(running)) {
    const missing = [
      ...METHODS.filter((name) => typeof Reflect.get(running, name) !== "function"),
      ...FIELDS.filter((name) => !(name in running)),
    ];
    if (missing.length > 0) {
      throw new Error(
        `The running backend is not the WebGPU backend of TensorFlow.js 4.22.0: no ${missing.join(", ")}.`,
      );
    }
    checked.add(running);
  }
  return running as WebGpuInternals;
}

/** The flag by which kernels are compiled, by `createComputePipelineAsync`, and not run. */
export const COMPILE_ONLY = "WEBGPU_ENGINE_COMPILE_ONLY";

/** Puts another method in place of an object's own, until the function that it answers is called. */
export function replaceMethod<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  make: (original: Target[Name]) => Target[Name],
): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  const original = target[name];
  if (typeof original !== "function") throw new Error(`${String(name)} is not a method.`);
  const bound = original.bind(target) as Target[Name];
  Object.defineProperty(target, name, { value: make(bound), configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
  };
}

/** Submits what TensorFlow.js has encoded so far, so that what comes next comes after it. */
export function submitPending(internals: WebGpuInternals): void {
  if (internals.commandEncoder === null) return;
  internals.endComputePassEncoder();
  internals.submitQueue();
}

/** The buffer that holds a tensor, uploaded now if it was not on the device yet. */
export function bufferOf(internals: WebGpuInternals, { dataId }: TensorInfo): GPUBuffer {
  internals.uploadToGPU(dataId);
  const { resource } = internals.tensorMap.get(dataId);
  if (!resource) throw new Error("A tensor has no buffer on the device.");
  return resource;
}

/** What the engine runs every kernel through. */
export interface EngineInternals {
  runKernelFunc(call: { readonly kernelName?: string }): unknown;
}

export function engineInternals(): EngineInternals {
  return engine() as unknown as EngineInternals;
}

/** Whether a tensor is a one that never left the worker's memory, such as the gradient with which differentiation begins. */
export function isHostOne({ dataId, shape }: TensorInfo): boolean {
  const { values } = webGpuInternals().tensorMap.get(dataId);
  return shape.length === 0 && values?.[0] === 1;
}
