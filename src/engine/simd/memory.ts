/** The allocator of the one WebAssembly memory that all tensors of the SIMD backend live in. It knows bytes, not tensors. */
import { invariant } from "../../shared/invariant.ts";
import { HEAP } from "./opcodes.ts";

const PAGE_BYTES = 65_536;
/** Blocks begin at multiples of a cache line, so that two threads never write into the same one. */
const ALIGNMENT = 64;
/** Sizes fall into classes, eight to a doubling. */
const CLASSES_PER_DOUBLING = 8;
/** Growing is slow, so it is done by this much at least. */
const GROWTH_BYTES = 16 * 1024 * 1024;
const FIRST_PAGES = 256;
/** The largest memory asked for: 2 GiB, so that every address is a positive 32-bit integer; less where that is refused. */
const MAXIMUM_PAGES = [32_768, 16_384, 8_192, 4_096] as const;

/** There is no room left: what was asked for, and what to do. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
}

/** A stretch of the memory. Neighbours by address are linked, and so are free blocks of one class. */
interface Block {
  readonly start: number;
  size: number;
  free: boolean;
  before: Block | undefined;
  after: Block | undefined;
  previousFree: Block | undefined;
  nextFree: Block | undefined;
}

/** A memory as large as this browser grants, mostly unused: pages are taken as tensors need them. */
export function createMemory(shared: boolean): WebAssembly.Memory {
  for (const maximum of MAXIMUM_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared });
    } catch {
      continue;
    }
  }
  throw new OutOfMemoryError("The browser grants no memory to WebAssembly. Close other tabs and reload the page.");
}

function alignUp(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / ALIGNMENT) * ALIGNMENT;
}

/** The class that a size belongs to: classes rise with size, and one class spans an eighth of a doubling. */
function classOf(size: number): number {
  const units = size / ALIGNMENT;
  const doubling = 31 - Math.clz32(units);
  const within = Math.floor((units / 2 ** doubling - 1) * CLASSES_PER_DOUBLING);
  return doubling * CLASSES_PER_DOUBLING + within;
}

/**
 * Segregated free lists with joining of neighbours (after Knuth, "The Art of Computer Programming" 1, section 2.5): a
 * request takes a block from the smallest class that has one, the rest of it stays free, and a freed block joins its free
 * neighbours. So a training that allocates the same every step stays where it is, and another after it finds the room.
 */
export class Allocator {
  readonly #memory: WebAssembly.Memory;
  readonly #maximumBytes: number;
  readonly #blocks = new Map<number, Block>();
  readonly #freeLists: (Block | undefined)[] = [];
  #last: Block;
  #usedBytes = 0;

  /** `maximumBytes` bounds what the memory may grow to; the memory's own maximum bounds it too. */
  constructor(memory: WebAssembly.Memory, maximumBytes = Infinity) {
    this.#memory = memory;
    this.#maximumBytes = maximumBytes;
    const size = memory.buffer.byteLength - HEAP;
    this.#last = makeBlock(HEAP, size, undefined);
    this.#putFree(this.#last);
  }

  /** Bytes in use, rounding included. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Bytes that the memory has taken from the browser so far; it never gives any back. */
  get totalBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * The address of `bytes` bytes of undefined content, a multiple of 64; at least 64 bytes.
   * @throws {OutOfMemoryError} when the memory cannot grow that far
   */
  allocate(bytes: number): number {
    const size = alignUp(bytes);
    const block = this.#takeFree(size) ?? this.#grow(size);
    this.#split(block, size);
    block.free = false;
    this.#blocks.set(block.start, block);
    this.#usedBytes += block.size;
    return block.start;
  }

  /** Gives back what `allocate` returned. */
  free(address: number): void {
    const block = this.#blocks.get(address);
    invariant(block !== undefined, `address ${String(address)} was freed, and nothing was allocated there`);
    this.#blocks.delete(address);
    this.#usedBytes -= block.size;
    this.#putFree(this.#join(block));
  }

  /** A free block of at least `size` bytes, taken off its list. */
  #takeFree(size: number): Block | undefined {
    const first = classOf(size);
    // In its own class a block may be a little too small, in every higher one none is.
    for (let block = this.#freeLists[first]; block !== undefined; block = block.nextFree) {
      if (block.size >= size) return this.#unlink(block);
    }
    for (let index = first + 1; index < this.#freeLists.length; index++) {
      const block = this.#freeLists[index];
      if (block !== undefined) return this.#unlink(block);
    }
    return undefined;
  }

  #grow(size: number): Block {
    const before = this.#memory.buffer.byteLength;
    const missing = size - (this.#last.free ? this.#last.size : 0);
    if (before + missing > this.#maximumBytes || !this.#growBy(Math.max(missing, GROWTH_BYTES), missing)) {
      const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
      throw new OutOfMemoryError(
        `The SIMD backend is out of memory: ${megabytes(size)} MB more do not fit beside the ` +
          `${megabytes(this.#usedBytes)} MB in use. Use a smaller batch or smaller networks.`,
      );
    }
    const grown = makeBlock(before, this.#memory.buffer.byteLength - before, this.#last);
    this.#last.after = grown;
    this.#last = grown;
    return this.#join(grown);
  }

  #growBy(wanted: number, needed: number): boolean {
    const room = this.#maximumBytes - this.#memory.buffer.byteLength;
    for (const bytes of [Math.min(wanted, room), needed]) {
      try {
        this.#memory.grow(Math.ceil(bytes / PAGE_BYTES));
        return true;
      } catch {
        continue;
      }
    }
    return false;
  }

  /** Cuts what a block has beyond `size` off into a free block of its own. */
  #split(block: Block, size: number): void {
    if (block.size === size) return;
    const rest = makeBlock(block.start + size, block.size - size, block);
    rest.after = block.after;
    if (rest.after === undefined) this.#last = rest;
    else rest.after.before = rest;
    block.after = rest;
    block.size = size;
    this.#putFree(rest);
  }

  /** One block out of this one and its free neighbours, none of them on a list. */
  #join(block: Block): Block {
    let joined = block;
    if (block.before?.free === true) joined = this.#swallowNext(this.#unlink(block.before));
    if (joined.after?.free === true) {
      this.#unlink(joined.after);
      this.#swallowNext(joined);
    }
    return joined;
  }

  #swallowNext(block: Block): Block {
    const next = block.after;
    invariant(next !== undefined, "a block has no neighbour to swallow");
    block.size += next.size;
    block.after = next.after;
    if (next.after === undefined) this.#last = block;
    else next.after.before = block;
    return block;
  }

  #putFree(block: Block): void {
    const index = classOf(block.size);
    const head = this.#freeLists[index];
    block.free = true;
    block.previousFree = undefined;
    block.nextFree = head;
    if (head !== undefined) head.previousFree = block;
    while (this.#freeLists.length <= index) this.#freeLists.push(undefined);
    this.#freeLists[index] = block;
  }

  #unlink(block: Block): Block {
    if (block.previousFree === undefined) this.#freeLists[classOf(block.size)] = block.nextFree;
    else block.previousFree.nextFree = block.nextFree;
    if (block.nextFree !== undefined) block.nextFree.previousFree = block.previousFree;
    block.free = false;
    return block;
  }
}

function makeBlock(start: number, size: number, before: Block | undefined): Block {
  return { start, size, free: false, before, after: undefined, previousFree: undefined, nextFree: undefined };
}
