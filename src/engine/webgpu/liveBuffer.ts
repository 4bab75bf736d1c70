/** Live numbers on WebGPU: a small uniform buffer, and the WGSL that reads it. It must not know what the numbers mean. */
import type { LiveLayout, LiveType } from "../liveNumbers.ts";
import { submitPending, webGpuInternals } from "./internals.ts";
import { writeInTurn } from "./stagedWrites.ts";

export interface LiveBuffer {
  readonly buffer: GPUBuffer;
  /** In the order of the types. Commands that were encoded before still see the earlier numbers. */
  write(values: readonly number[]): void;
  dispose(): void;
}

const WORD_BYTES = 4;
/** Arrays in uniform buffers have elements of 16 bytes. */
const WORDS_AN_ELEMENT = 4;
const LANES = ["x", "y", "z", "w"] as const;

const elementsOf = (count: number): number => Math.ceil(count / WORDS_AN_ELEMENT);

export function createLiveBuffer(types: readonly LiveType[]): LiveBuffer {
  const internals = webGpuInternals();
  const words = new Uint32Array(elementsOf(types.length) * WORDS_AN_ELEMENT);
  const floats = new Float32Array(words.buffer);
  const bytes = new Uint8Array(words.buffer);
  const buffer = internals.device.createBuffer({
    label: "live numbers",
    size: words.length * WORD_BYTES,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  return {
    buffer,
    write(values) {
      for (const [index, value] of values.entries()) {
        if (types[index] === "u32") words[index] = value;
        else floats[index] = value;
      }
      writeInTurn(internals, buffer, 0, bytes);
    },
    dispose() {
      submitPending(internals);
      buffer.destroy();
    },
  };
}

/** Declares the buffer at a binding, and `fn name() -> type` for each number. */
export function liveWgsl(layout: LiveLayout, binding: number): string {
  const entries = Object.entries(layout);
  const accessors = entries.map(([name, type], index) => {
    const word = `live[${Math.floor(index / WORDS_AN_ELEMENT)}].${LANES[index % WORDS_AN_ELEMENT] ?? ""}`;
    return `fn ${name}() -> ${type} { return ${type === "u32" ? word : `bitcast<f32>(${word})`}; }`;
  });
  return `@group(0) @binding(${binding}) var<uniform> live: array<vec4u, ${elementsOf(entries.length)}>;
${accessors.join("\n")}`;
}
