/**
 * The TensorFlow.js backend "simd": the CPU backend with its float32 tensors in one WebAssembly memory. It knows where
 * tensors live; it must not know what kernels compute.
 */
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { engine, util, type backend_util, type DataType, type TensorInfo } from "@tensorflow/tfjs-core";
import { invariant } from "../../shared/invariant.ts";
import type { CommandNumbers, SimdModule } from "./module.ts";
import type { Placed, Recording } from "./recording.ts";

type Values = backend_util.BackendValues;

/** What the heap holds of a tensor whose numbers are in the memory. */
const NOTHING = new Float32Array();

/**
 * The numbers of one tensor: on the JavaScript heap, where inherited kernels and callers put them, or in the memory,
 * where kernels of our own leave theirs. Inherited kernels read `values` in either case, without a copy.
 */
class TensorNumbers implements Placed {
  refCount = 1;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  readonly dtype: DataType;
  readonly #module: SimdModule;
  readonly length: number;
  /** The recording in which it was made, if any. */
  readonly #madeIn: Recording | null;
  #heap: Values;
  /** 0 while the numbers are on the heap. */
  #address = 0;

  constructor(module: SimdModule, dtype: DataType, length: number, heap: Values) {
    this.#module = module;
    this.dtype = dtype;
    this.length = length;
    this.#madeIn = module.recording;
    this.#heap = heap;
  }

  get address(): number {
    return this.#address;
  }

  get isOutside(): boolean {
    return this.#madeIn === null || this.#madeIn !== this.#module.recording;
  }

  /** A view made anew each time, since a growing memory detaches older ones. */
  get values(): Values {
    this.#module.recording?.noteRead(this);
    if (this.#address !== 0) return this.#module.view(this.#address, this.length);
    return this.#heap;
  }

  /** Where the numbers lie in the memory; the first time they are copied there, if there are any yet. */
  enter(): number {
    if (this.#address === 0) {
      this.#address = this.#allocate(this.length * Float32Array.BYTES_PER_ELEMENT);
      if (this.#heap !== NOTHING) this.#module.view(this.#address, this.length).set(this.#heap as Float32Array);
      this.#heap = NOTHING;
    }
    this.#module.recording?.noteUse(this);
    return this.#address;
  }

  #allocate(bytes: number): number {
    const { recording, allocator } = this.#module;
    if (recording === null || this.isOutside) return allocator.allocate(bytes);
    if (this.#heap === NOTHING) return recording.allocate(bytes);
    recording.noteConstant(this.#heap);
    return recording.allocateLasting(bytes);
  }

  /** Lets the host write the numbers, now and before every replay of a step that is being recorded. */
  enterFromHost(fill: (values: Float32Array) => void): void {
    const { recording, allocator } = this.#module;
    const bytes = this.length * Float32Array.BYTES_PER_ELEMENT;
    const address = recording === null ? allocator.allocate(bytes) : recording.allocateLasting(bytes);
    recording?.hostNumbers.push({ address, length: this.length, fill });
    fill(this.#module.view(address, this.length));
    this.#address = address;
  }

  free(): void {
    if (this.#address !== 0) this.#module.free(this.#address);
    this.#address = 0;
  }
}

/** The backend that runs, which must be this one. */
export function runningSimd(): SimdBackend {
  const running: unknown = engine().backend;
  invariant(running instanceof SimdBackend, "the SIMD backend is not the one that runs");
  return running;
}

export class SimdBackend extends MathBackendCPU {
  readonly module: SimdModule;

  constructor(module: SimdModule) {
    super();
    this.module = module;
  }

  /** The backend in a few words for a person, such as "2 threads, relaxed SIMD". */
  get device(): string {
    const threads = this.module.threads === 1 ? "1 thread" : `${String(this.module.threads)} threads`;
    return `${threads}, ${this.module.relaxed ? "relaxed SIMD" : "SIMD"}`;
  }

  get threads(): number {
    return this.module.threads;
  }

  /** The address of a float32 tensor's numbers, which are brought into the memory if they are not there yet. */
  address(tensor: TensorInfo): number {
    invariant(tensor.dtype === "float32", `a ${tensor.dtype} tensor cannot enter the SIMD memory`);
    const data = this.data.get(tensor.dataId);
    invariant(data instanceof TensorNumbers, "a tensor of another backend reached a SIMD kernel");
    return data.enter();
  }

  /** A new float32 tensor in the memory, its content undefined. The caller owns it. */
  make(shape: readonly number[]): TensorInfo {
    const own = [...shape];
    const dataId = {};
    const data = new TensorNumbers(this.module, "float32", util.sizeFromShape(own), NOTHING);
    data.enter();
    this.data.set(dataId, data);
    return { dataId, shape: own, dtype: "float32" };
  }

  /** A new float32 tensor whose numbers the host writes, now and before every replay. The caller owns it. */
  makeFromHost(shape: readonly number[], fill: (values: Float32Array) => void): TensorInfo {
    const own = [...shape];
    const dataId = {};
    const data = new TensorNumbers(this.module, "float32", util.sizeFromShape(own), NOTHING);
    data.enterFromHost(fill);
    this.data.set(dataId, data);
    return { dataId, shape: own, dtype: "float32" };
  }

  /** Where a tensor's numbers are. */
  placed(dataId: object): Placed {
    const data = this.data.get(dataId);
    invariant(data instanceof TensorNumbers, "a tensor of another backend reached the SIMD backend");
    return data;
  }

  /** The bytes of a float32 tensor in the memory as they are now: a view for use at once, in which they may be changed. */
  bytesOf(tensor: TensorInfo): Uint8Array {
    return this.module.bytes(this.address(tensor), util.sizeFromShape(tensor.shape) * Float32Array.BYTES_PER_ELEMENT);
  }

  /** The same numbers under another shape, without a copy. The caller owns it beside the first. */
  alias(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  /** Lends `bytes` bytes of the memory for the length of a call. */
  withScratch<Result>(bytes: number, use: (address: number) => Result): Result {
    const address = this.module.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.module.free(address);
    }
  }

  /** See SimdModule.perform. */
  perform(operation: number, tasks: number, integers: CommandNumbers, fractions?: CommandNumbers): void {
    this.module.perform(operation, tasks, integers, fractions);
  }

  override write(values: Values, shape: number[], dtype: DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(dataId: object, values: Values, shape: number[], dtype: DataType, refCount: number): void {
    const data = new TensorNumbers(this.module, dtype, util.sizeFromShape(shape), this.#ownCopy(values));
    data.refCount = refCount;
    this.data.set(dataId, data);
  }

  /** Inherited kernels may hand on a part of an input as their result; the memory under it will be used again. */
  #ownCopy(values: Values): Values {
    return values instanceof Float32Array && values.buffer === this.module.memory.buffer ? values.slice() : values;
  }

  override readSync(dataId: object): Values {
    return this.#ownCopy(super.readSync(dataId));
  }

  override disposeData(dataId: object, force = false): boolean {
    const data = this.data.has(dataId) ? this.data.get(dataId) : undefined;
    const gone = super.disposeData(dataId, force);
    if (gone && data instanceof TensorNumbers) data.free();
    return gone;
  }

  override memory(): { unreliable: boolean; reasons: string[]; numBytesInMemory: number; numBytesAllocated: number } {
    const { usedBytes, totalBytes } = this.module.allocator;
    return { unreliable: false, reasons: [], numBytesInMemory: usedBytes, numBytesAllocated: totalBytes };
  }

  override dispose(): void {
    this.module.dispose();
    super.dispose();
  }
}
