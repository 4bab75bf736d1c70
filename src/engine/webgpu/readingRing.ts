/**
 * A ring of buffers through which the host reads a few numbers at a time without the device waiting: they are copied into
 * a slot among the commands that make them, and the slot is mapped after the submit. It must not know what they mean.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { bufferOf, submitPending, webGpuInternals, type WebGpuInternals } from "./internals.ts";

/** Numbers in a slot: those of more steps than ever share a submit. */
const SLOT_NUMBERS = 2048;
/** What is larger is an image, and not for the ring. */
const MOST_NUMBERS = 256;
/** Slots at the beginning; one is added whenever all are under way. */
const FIRST_SLOTS = 4;
const NUMBER_BYTES = Float32Array.BYTES_PER_ELEMENT;

interface Reading {
  readonly first: number;
  readonly count: number;
  resolve(this: void, values: Float32Array): void;
  reject(this: void, error: unknown): void;
}

export class ReadingRing {
  readonly #internals: WebGpuInternals = webGpuInternals();
  readonly #free = Array.from({ length: FIRST_SLOTS }, () => new Slot(this.#internals.device));
  #open: Slot | null = null;
  #disposed = false;

  /**
   * The numbers of float32 tensors as they are now, one after the other, when they were submitted and made; null where they
   * are too many for the ring. The tensors stay the caller's, and may change at once.
   */
  read(tensors: readonly TensorInfo[]): Promise<Float32Array> | null {
    const total = tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
    if (total > MOST_NUMBERS) return null;
    if (this.#open?.hasRoomFor(total) === false) this.submit();
    const slot = (this.#open ??= this.#free.pop() ?? new Slot(this.#internals.device));
    return slot.read(this.#internals, tensors, total);
  }

  /** Lets the device begin what is encoded so far; what was read comes when it is done. */
  submit(): void {
    submitPending(this.#internals);
    const slot = this.#open;
    this.#open = null;
    void slot?.handOut().then(() => {
      if (this.#disposed) slot.dispose();
      else this.#free.push(slot);
    });
  }

  /** Frees the slots, those under way as soon as they are done. */
  dispose(): void {
    this.#disposed = true;
    this.submit();
    for (const slot of this.#free.splice(0)) slot.dispose();
  }
}

/** Some numbers on their way to the host. */
class Slot {
  readonly #buffer: GPUBuffer;
  #readings: Reading[] = [];
  #used = 0;

  constructor(device: GPUDevice) {
    this.#buffer = device.createBuffer({
      label: "numbers on their way to the host",
      size: SLOT_NUMBERS * NUMBER_BYTES,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  hasRoomFor(count: number): boolean {
    return this.#used + count <= SLOT_NUMBERS;
  }

  read(internals: WebGpuInternals, tensors: readonly TensorInfo[], count: number): Promise<Float32Array> {
    const first = this.#used;
    internals.ensureCommandEncoderReady();
    internals.endComputePassEncoder();
    for (const tensor of tensors) {
      const source = bufferOf(internals, tensor);
      const size = sizeOf(tensor);
      internals.commandEncoder?.copyBufferToBuffer(
        source,
        0,
        this.#buffer,
        this.#used * NUMBER_BYTES,
        size * NUMBER_BYTES,
      );
      this.#used += size;
    }
    return new Promise((resolve, reject) => {
      this.#readings.push({ first, count, resolve, reject });
    });
  }

  /** Waits for the numbers, gives each reading its own, and is empty then. */
  async handOut(): Promise<void> {
    const readings = this.#readings;
    const bytes = this.#used * NUMBER_BYTES;
    this.#readings = [];
    this.#used = 0;
    try {
      await this.#buffer.mapAsync(GPUMapMode.READ, 0, bytes);
      const numbers = new Float32Array(this.#buffer.getMappedRange(0, bytes).slice(0));
      this.#buffer.unmap();
      for (const { first, count, resolve } of readings) resolve(numbers.subarray(first, first + count));
    } catch (error) {
      for (const { reject } of readings) reject(error);
    }
  }

  dispose(): void {
    this.#buffer.destroy();
  }
}

function sizeOf({ shape }: TensorInfo): number {
  return shape.reduce((product, size) => product * size, 1);
}
