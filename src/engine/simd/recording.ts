/**
 * What a step did in the SIMD memory: its commands, and the blocks they work on, which stay theirs. It knows bytes and
 * commands; it must not know which kernels they come from.
 */
import type { Refusal } from "../stepGraph.ts";
import type { Allocator } from "./memory.ts";

/** Constants up to this size may be frozen into a recording: scalars and shapes, never batches or noise. */
const LARGEST_CONSTANT = 16;

/** A command as it was performed, and where its integers and fractions come from if they are live. */
export interface RecordedCommand {
  readonly words: Int32Array<ArrayBuffer>;
  readonly integers: (() => readonly number[]) | null;
  readonly fractions: (() => readonly number[]) | null;
}

/** Numbers that the host writes before every replay. */
export interface HostNumbers {
  readonly address: number;
  readonly length: number;
  readonly fill: (values: Float32Array) => void;
}

/** The numbers of a tensor, as far as a recording looks at them. */
export interface Placed {
  /** 0 while they are not in the memory. */
  readonly address: number;
  readonly length: number;
  readonly isOutside: boolean;
}

export class Recording {
  readonly commands: RecordedCommand[] = [];
  readonly hostNumbers: HostNumbers[] = [];
  /** Tensors from before the step that it used, and where they lay. */
  readonly outside = new Map<Placed, number>();
  /** Kernels that run, the innermost last. */
  readonly kernels: string[] = [];
  /** The first reason why the step cannot be replayed. */
  refusal: Refusal | null = null;
  readonly #allocator: Allocator;
  /** Every block of the recording, with its size. */
  readonly #blocks = new Map<number, number>();
  /** Those that later commands may use again, by size. */
  readonly #free = new Map<number, number[]>();
  /** Those that nobody may use again while the recording lives, and that no tensor holds any more. */
  readonly #held: number[] = [];
  readonly #pinned = new Set<number>();

  constructor(allocator: Allocator) {
    this.#allocator = allocator;
  }

  /** A block that commands fill before they read it; it may have served an earlier command of the step. */
  allocate(bytes: number): number {
    const again = this.#free.get(bytes)?.pop();
    if (again !== undefined) return again;
    const address = this.#allocator.allocate(bytes);
    this.#blocks.set(address, bytes);
    return address;
  }

  /** A block that serves one tensor alone, whose numbers stand there before the first command. */
  allocateLasting(bytes: number): number {
    const address = this.#allocator.allocate(bytes);
    this.#blocks.set(address, bytes);
    this.#pinned.add(address);
    return address;
  }

  owns(address: number): boolean {
    return this.#blocks.has(address);
  }

  /** Takes back a block that no tensor holds any more. */
  free(address: number): void {
    const bytes = this.#blocks.get(address);
    if (bytes === undefined || this.#pinned.has(address)) {
      this.#held.push(address);
      return;
    }
    const others = this.#free.get(bytes);
    if (others === undefined) this.#free.set(bytes, [address]);
    else others.push(address);
  }

  /** Gives all blocks back that no tensor holds; the others are the allocator's from now on. */
  release(): void {
    for (const address of [...this.#held, ...[...this.#free.values()].flat()]) this.#allocator.free(address);
    this.#held.length = 0;
    this.#free.clear();
    this.#blocks.clear();
  }

  /** Numbers that the step made on the heap would be the same at every replay. */
  noteConstant(values: ArrayLike<unknown>): void {
    const isUniform = Array.prototype.every.call(values, (value) => Object.is(value, values[0]));
    if (values.length <= LARGEST_CONSTANT || isUniform) return;
    this.#refuse(`its input of ${String(values.length)} numbers was made outside the SIMD memory`);
  }

  /** Small constants may be read; what commands compute, or what stood before the step, may not. */
  noteRead(placed: Placed): void {
    if (placed.address !== 0 || placed.isOutside) {
      this.#refuse(`it reads a tensor of ${String(placed.length)} numbers inside the step, outside the SIMD module`);
    }
  }

  noteUse(placed: Placed): void {
    if (placed.isOutside) this.outside.set(placed, placed.address);
  }

  #refuse(reason: string): void {
    this.refusal ??= { operation: this.kernels.at(-1) ?? "the step", reason };
  }
}
