/**
 * Small numbers of the host that commands find in their turn, however many steps are encoded before they are submitted:
 * they gather in one buffer, which is written right before the submit, and are copied to their places by commands in
 * between. It must not know what the numbers mean.
 */
import { replaceMethod, submitPending, type WebGpuInternals } from "./internals.ts";

/** Bytes that wait for one submit; when there are more, it is made. */
const CAPACITY = 1 << 16;
const WORD_BYTES = 4;

class Stage {
  readonly #internals: WebGpuInternals;
  readonly #bytes = new Uint8Array(CAPACITY);
  readonly #buffer: GPUBuffer;
  #used = 0;

  constructor(internals: WebGpuInternals) {
    this.#internals = internals;
    this.#buffer = internals.device.createBuffer({
      label: "numbers on their way to live buffers",
      size: CAPACITY,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    replaceMethod(internals, "submitQueue", (submit) => () => {
      if (this.#used > 0) internals.queue.writeBuffer(this.#buffer, 0, this.#bytes, 0, this.#used);
      this.#used = 0;
      submit();
    });
  }

  write(target: GPUBuffer, firstByte: number, data: Uint8Array): void {
    const internals = this.#internals;
    if (this.#used + data.length > CAPACITY) submitPending(internals);
    this.#bytes.set(data, this.#used);
    internals.ensureCommandEncoderReady();
    internals.endComputePassEncoder();
    internals.commandEncoder?.copyBufferToBuffer(this.#buffer, this.#used, target, firstByte, data.length);
    this.#used += data.length;
  }
}

const stages = new WeakMap<GPUDevice, Stage>();

/**
 * Writes into a buffer from a byte on, which begins a word, between the commands encoded so far and those to come. The data
 * are whole words, and copied.
 */
export function writeInTurn(
  internals: WebGpuInternals,
  target: GPUBuffer,
  firstByte: number,
  data: Uint8Array<ArrayBuffer>,
): void {
  if (data.length > CAPACITY / 4 || data.length % WORD_BYTES !== 0) {
    submitPending(internals);
    internals.queue.writeBuffer(target, firstByte, data);
    return;
  }
  const stage = stages.get(internals.device) ?? new Stage(internals);
  stages.set(internals.device, stage);
  stage.write(target, firstByte, data);
}
