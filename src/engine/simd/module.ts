/** Chooses, loads and drives the WebAssembly module. It knows commands and threads; it must not know tensors. */
import { invariant } from "../../shared/invariant.ts";
import { Allocator, createMemory } from "./memory.ts";
import { COMMAND, COMMAND_WORDS, FIRST_FRACTION, FIRST_INTEGER, MOST_THREADS } from "./opcodes.ts";
import { Recording } from "./recording.ts";
import { startThreads, type ThreadPool } from "./threads.ts";

/** A function (v128, v128, v128) → v128 of one relaxed multiply-add: a browser that accepts it has relaxed SIMD. */
const RELAXED_PROBE = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x85, 0x02, 0x0b],
]);

export interface SimdFeatures {
  /** Whether a multiply-add can be one instruction. */
  readonly relaxed: boolean;
  /** Threads, the caller's among them. Above 1 the memory is shared, which needs cross-origin isolation. */
  readonly threads: number;
}

/** What the browser, or Node, can do here. */
export function detectFeatures(): SimdFeatures {
  const isolated = globalThis.crossOriginIsolated && typeof Worker === "function";
  return {
    relaxed: WebAssembly.validate(RELAXED_PROBE),
    threads: isolated ? Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency)) : 1,
  };
}

/** What the module exports; the shared one alone has `performShared`, `performListShared` and `serve`. */
interface ModuleExports {
  performAlone(command: number): void;
  performListAlone(list: number, count: number): void;
  performShared?(command: number): void;
  performListShared?(list: number, count: number): void;
  serve?(thread: number): void;
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): ModuleExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  invariant(typeof exports.performAlone === "function", "the SIMD module does not export performAlone");
  return exports as unknown as ModuleExports;
}

/** The bundler finds these by their literal form. */
const MODULE_URLS = {
  plainSingle: new URL("./generated/plain-single.wasm", import.meta.url),
  plainShared: new URL("./generated/plain-shared.wasm", import.meta.url),
  relaxedSingle: new URL("./generated/relaxed-single.wasm", import.meta.url),
  relaxedShared: new URL("./generated/relaxed-shared.wasm", import.meta.url),
} as const;

function urlOf({ relaxed, threads }: SimdFeatures): URL {
  if (threads > 1) return relaxed ? MODULE_URLS.relaxedShared : MODULE_URLS.plainShared;
  return relaxed ? MODULE_URLS.relaxedSingle : MODULE_URLS.plainSingle;
}

/** As much of Node as is used. */
interface NodeGlobals {
  readonly process: {
    getBuiltinModule(name: "node:fs"): { readFileSync(url: URL): Uint8Array<ArrayBuffer> };
  };
}

async function readModule(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === "file:") {
    // Unit tests run in Node, whose fetch does not read files; but it hands out its own modules.
    const { process } = globalThis as unknown as NodeGlobals;
    return WebAssembly.compile(process.getBuiltinModule("node:fs").readFileSync(url));
  }
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The SIMD module could not be loaded (${String(response.status)} for ${url.href}).`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Numbers of a command; those given as a function are live, and are asked for anew whenever the command is replayed. */
export type CommandNumbers = readonly number[] | (() => readonly number[]);

function asTheyAre(numbers: CommandNumbers): readonly number[] {
  return typeof numbers === "function" ? numbers() : numbers;
}

function ifLive(numbers: CommandNumbers): (() => readonly number[]) | null {
  return typeof numbers === "function" ? numbers : null;
}

/** The module at work: its memory, its threads, and the one way to make it do something. */
export class SimdModule {
  readonly memory: WebAssembly.Memory;
  readonly allocator: Allocator;
  readonly relaxed: boolean;
  readonly #exports: ModuleExports;
  readonly #pool: ThreadPool | undefined;
  #integers: Int32Array;
  #fractions: Float32Array;
  #recording: Recording | null = null;
  /** Recordings that hold memory. */
  readonly #recordings = new Set<Recording>();

  constructor(memory: WebAssembly.Memory, exports: ModuleExports, relaxed: boolean, pool: ThreadPool | undefined) {
    this.memory = memory;
    this.allocator = new Allocator(memory);
    this.relaxed = relaxed;
    this.#exports = exports;
    this.#pool = pool;
    this.#integers = new Int32Array(memory.buffer, COMMAND, COMMAND_WORDS);
    this.#fractions = new Float32Array(memory.buffer, COMMAND, COMMAND_WORDS);
  }

  /** Threads that share the work, the caller's among them. */
  get threads(): number {
    return 1 + (this.#pool?.helpers ?? 0);
  }

  /**
   * Performs one operation (see opcodes.ts) to its end. Its tasks, at most 65,535, must be independent of each other, so
   * that any thread can do any of them and the result is the same.
   */
  perform(operation: number, tasks: number, integers: CommandNumbers, fractions: CommandNumbers = []): void {
    this.#refreshViews();
    const words = this.#integers;
    words[0] = operation;
    words[1] = tasks;
    words.set(asTheyAre(integers), FIRST_INTEGER);
    this.#fractions.set(asTheyAre(fractions), FIRST_FRACTION);
    this.#recording?.commands.push({
      words: Int32Array.from(words),
      integers: ifLive(integers),
      fractions: ifLive(fractions),
    });
    if (tasks > 1 && this.#pool !== undefined) this.#exports.performShared?.(COMMAND);
    else this.#exports.performAlone(COMMAND);
  }

  /** Performs `count` commands that lie one after the other in the memory. */
  performList(list: number, count: number): void {
    if (this.#pool !== undefined) this.#exports.performListShared?.(list, count);
    else this.#exports.performListAlone(list, count);
  }

  /** See Allocator. While a step is recorded, its memory is the recording's. */
  allocate(bytes: number): number {
    return (this.#recording ?? this.allocator).allocate(bytes);
  }

  free(address: number): void {
    for (const recording of this.#recordings) {
      if (recording.owns(address)) {
        recording.free(address);
        return;
      }
    }
    // What a step that is being recorded gives up may be part of its commands.
    if (this.#recording === null) this.allocator.free(address);
    else this.#recording.free(address);
  }

  /** The recording under way. */
  get recording(): Recording | null {
    return this.#recording;
  }

  /** Records all commands from now on, and keeps their memory for them. */
  startRecording(): Recording {
    invariant(this.#recording === null, "a step is recorded within another");
    this.#recording = new Recording(this.allocator);
    this.#recordings.add(this.#recording);
    return this.#recording;
  }

  stopRecording(): void {
    this.#recording = null;
  }

  /** Gives the memory of a recording back. */
  dropRecording(recording: Recording): void {
    recording.release();
    this.#recordings.delete(recording);
  }

  /** Numbers in the memory as they are now: the view is for use at once, since growth of the memory detaches it. */
  view(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** Bytes likewise. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  dispose(): void {
    this.#pool?.stop();
  }

  #refreshViews(): void {
    if (this.#integers.buffer === this.memory.buffer) return;
    this.#integers = new Int32Array(this.memory.buffer, COMMAND, COMMAND_WORDS);
    this.#fractions = new Float32Array(this.memory.buffer, COMMAND, COMMAND_WORDS);
  }
}

/**
 * Loads the module that suits the features and starts its threads; where threads do not start, it goes on with one.
 * @throws when the browser has no WebAssembly SIMD or the module cannot be loaded
 */
export async function loadSimdModule(features: SimdFeatures = detectFeatures()): Promise<SimdModule> {
  const shared = features.threads > 1;
  const module = await readModule(urlOf(features));
  const memory = createMemory(shared);
  const pool = shared ? await startThreads(module, memory, features.threads - 1) : undefined;
  return new SimdModule(memory, instantiate(module, memory), features.relaxed, pool);
}
