/** The step graph on the SIMD backend: records the commands of one step and runs them as a list. It must not know any kernel. */
import { engine, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Capture, StepGraph } from "../stepGraph.ts";
import { reassigned, variableData } from "../variableData.ts";
import { runningSimd, type SimdBackend } from "./backend.ts";
import { COMMAND_WORDS, FIRST_FRACTION, FIRST_INTEGER } from "./opcodes.ts";
import type { RecordedCommand, Recording } from "./recording.ts";

const COMMAND_BYTES = COMMAND_WORDS * Int32Array.BYTES_PER_ELEMENT;

export function recordOnSimd(step: () => readonly Tensor[]): Capture {
  const backend = runningSimd();
  const variables = variableData();
  const recording = backend.module.startRecording();
  const unwatch = watchKernels(recording);
  let outputs: readonly Tensor[];
  try {
    outputs = step();
  } catch (error) {
    backend.module.dropRecording(recording);
    throw error;
  } finally {
    unwatch();
    backend.module.stopRecording();
  }
  const refusal = recording.refusal ?? reassigned(variables);
  if (refusal !== null) {
    backend.module.dropRecording(recording);
    return { captured: false, refusal, results: outputs };
  }
  const graph = new SimdStepGraph(backend, recording, outputs);
  return { captured: true, graph, results: outputs };
}

class SimdStepGraph implements StepGraph {
  readonly dispatches: number;
  readonly #backend: SimdBackend;
  readonly #recording: Recording;
  readonly #outputs: readonly Tensor[];
  /** The commands in the memory, one after the other. */
  readonly #list: number;
  /** Commands with live numbers, by the place of their first word in the list. */
  readonly #live: readonly (readonly [first: number, command: RecordedCommand])[];
  /** Variables that the step used, with the data they had. */
  readonly #variables: readonly (readonly [variable: Variable, dataId: object])[];

  constructor(backend: SimdBackend, recording: Recording, outputs: readonly Tensor[]) {
    this.#backend = backend;
    this.#recording = recording;
    this.#outputs = outputs.map((output) => engine().keep(output));
    this.#variables = Object.values(engine().state.registeredVariables)
      .filter(({ dataId }) => backend.data.has(dataId) && recording.outside.has(backend.placed(dataId)))
      .map((variable) => [variable, variable.dataId]);
    this.dispatches = recording.commands.length;
    this.#live = recording.commands
      .map((command, index) => [index * COMMAND_WORDS, command] as const)
      .filter(([, { integers, fractions }]) => integers !== null || fractions !== null);
    const { module } = backend;
    this.#list = module.allocate(this.dispatches * COMMAND_BYTES);
    const words = new Int32Array(module.memory.buffer, this.#list, this.dispatches * COMMAND_WORDS);
    for (const [index, command] of recording.commands.entries()) words.set(command.words, index * COMMAND_WORDS);
  }

  get stale(): boolean {
    const unassigned = this.#variables.every(([variable, dataId]) => variable.dataId === dataId);
    return !unassigned || [...this.#recording.outside].some(([placed, address]) => placed.address !== address);
  }

  replay(): readonly Tensor[] {
    if (this.stale) {
      throw new Error("A tensor of the recorded step was freed or assigned since; the step must be captured anew.");
    }
    const { module } = this.#backend;
    for (const { address, length, fill } of this.#recording.hostNumbers) fill(module.view(address, length));
    const words = new Int32Array(module.memory.buffer, this.#list, this.dispatches * COMMAND_WORDS);
    const fractions = new Float32Array(module.memory.buffer, this.#list, this.dispatches * COMMAND_WORDS);
    for (const [first, live] of this.#live) {
      if (live.integers !== null) words.set(live.integers(), first + FIRST_INTEGER);
      if (live.fractions !== null) fractions.set(live.fractions(), first + FIRST_FRACTION);
    }
    module.performList(this.#list, this.dispatches);
    return this.#outputs;
  }

  dispose(): void {
    for (const output of this.#outputs) output.dispose();
    this.#backend.module.free(this.#list);
    this.#backend.module.dropRecording(this.#recording);
  }
}

/** Tells a recording which kernel runs, until the function that it answers is called. */
function watchKernels({ kernels }: Recording): () => void {
  const running = engine() as unknown as { runKernelFunc(call: { readonly kernelName?: string }): unknown };
  const original = running.runKernelFunc.bind(running);
  // An own property hides the method of the class.
  Object.defineProperty(running, "runKernelFunc", {
    configurable: true,
    value: (call: { readonly kernelName?: string }) => {
      kernels.push(call.kernelName ?? "customGrad");
      try {
        return original(call);
      } finally {
        kernels.pop();
      }
    },
  });
  return () => {
    Reflect.deleteProperty(running, "runKernelFunc");
  };
}
