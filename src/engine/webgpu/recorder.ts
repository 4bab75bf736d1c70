/** The step graph on WebGPU: records the commands of one step and encodes them again. It must not know any kernel. */
import { engine, env, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Capture, Refusal, StepGraph } from "../stepGraph.ts";
import { reassigned, variableData } from "../variableData.ts";
import {
  engineInternals,
  replaceMethod,
  submitPending,
  webGpuInternals,
  type TensorData,
  type WebGpuInternals,
} from "./internals.ts";

/**
 * Constants up to this size may be frozen into a graph: scalars and shapes, never batches or noise. Larger ones may if all
 * their numbers are the same, as in a tensor of ones.
 */
const LARGEST_CONSTANT = 16;

type Command =
  | {
      readonly kind: "dispatch";
      readonly pipeline: GPUComputePipeline;
      readonly bindGroup: GPUBindGroup;
      readonly x: number;
      readonly y: number;
      readonly z: number;
    }
  | {
      readonly kind: "copy";
      readonly source: GPUBuffer;
      readonly sourceOffset: number;
      readonly target: GPUBuffer;
      readonly targetOffset: number;
      readonly size: number;
    };

/** What a step leaves behind. */
interface Recording {
  readonly commands: readonly Command[];
  /** Tensors from before the step that it used. */
  readonly outside: ReadonlyMap<object, OutsideTensor>;
  /** Buffers that the step let go; nobody else may have them while the graph lives. */
  readonly released: readonly ReleasedBuffer[];
}

/** Where TensorFlow.js keeps a tensor, and the buffer that it had there; it has none once it is freed. */
interface OutsideTensor {
  readonly data: TensorData;
  readonly buffer: GPUBuffer;
}

type ReleasedBuffer = readonly [buffer: GPUBuffer, reuse: boolean];

export function recordOnWebGpu(step: () => readonly Tensor[]): Capture {
  if (env().getBool("WEBGPU_CPU_FORWARD")) {
    const reason = "kernels on small tensors run outside the device, where they cannot be recorded";
    return { captured: false, refusal: { operation: "WEBGPU_CPU_FORWARD", reason }, results: step() };
  }
  const internals = webGpuInternals();
  keepNoCopies(internals);
  submitPending(internals);
  const recorder = new Recorder(internals);
  const variables = variableData();
  let outputs: readonly Tensor[];
  try {
    recorder.start();
    outputs = step();
    submitPending(internals);
  } catch (error) {
    submitPending(internals);
    recorder.stop();
    release(internals, recorder.released);
    throw error;
  }
  recorder.stop();
  const refusal = recorder.refusal ?? reassigned(variables);
  if (refusal !== null) {
    release(internals, recorder.released);
    return { captured: false, refusal, results: outputs };
  }
  const graph = new WebGpuStepGraph(internals, recorder, outputs);
  return { captured: true, graph, results: outputs };
}

const keepingNone = new WeakSet<object>();

/**
 * TensorFlow.js keeps a copy of what it read in the worker's memory and answers with that from then on; a replay makes it
 * stale without a word. From now on it reads from the device every time.
 */
function keepNoCopies(internals: WebGpuInternals): void {
  if (keepingNone.has(internals)) return;
  keepingNone.add(internals);
  replaceMethod(internals, "convertAndCacheOnCPU", () => (_dataId, data) => data);
}

class WebGpuStepGraph implements StepGraph {
  readonly dispatches: number;
  readonly #internals: WebGpuInternals;
  readonly #recording: Recording;
  readonly #outputs: readonly Tensor[];
  readonly #outside: readonly OutsideTensor[];
  /** Variables that the step used, with the data they had. */
  readonly #variables: readonly (readonly [variable: Variable, dataId: object])[];

  constructor(internals: WebGpuInternals, recording: Recording, outputs: readonly Tensor[]) {
    this.#internals = internals;
    this.#recording = recording;
    this.#outside = [...recording.outside.values()];
    this.#variables = Object.values(engine().state.registeredVariables)
      .filter(({ dataId }) => recording.outside.has(dataId))
      .map((variable) => [variable, variable.dataId]);
    this.#outputs = outputs.map((output) => engine().keep(output));
    this.dispatches = recording.commands.filter(({ kind }) => kind === "dispatch").length;
  }

  get stale(): boolean {
    for (const [variable, dataId] of this.#variables) if (variable.dataId !== dataId) return true;
    for (const { data, buffer } of this.#outside) if (data.resource !== buffer) return true;
    return false;
  }

  replay(): readonly Tensor[] {
    if (this.stale) {
      throw new Error("A tensor of the recorded step was freed or assigned since; the step must be captured anew.");
    }
    const internals = this.#internals;
    // Among the commands of TensorFlow.js, which keeps the order of all that is asked of the device.
    internals.ensureCommandEncoderReady();
    internals.endComputePassEncoder();
    if (internals.commandEncoder !== null) encode(internals.commandEncoder, this.#recording.commands);
    return this.#outputs;
  }

  dispose(): void {
    for (const output of this.#outputs) output.dispose();
    submitPending(this.#internals);
    release(this.#internals, this.#recording.released);
  }
}

function encode(encoder: GPUCommandEncoder, commands: readonly Command[]): void {
  let pass: GPUComputePassEncoder | null = null;
  for (const command of commands) {
    if (command.kind === "dispatch") {
      pass ??= encoder.beginComputePass();
      pass.setPipeline(command.pipeline);
      pass.setBindGroup(0, command.bindGroup);
      pass.dispatchWorkgroups(command.x, command.y, command.z);
    } else {
      pass?.end();
      pass = null;
      const { source, sourceOffset, target, targetOffset, size } = command;
      encoder.copyBufferToBuffer(source, sourceOffset, target, targetOffset, size);
    }
  }
  pass?.end();
}

function release({ bufferManager }: WebGpuInternals, buffers: readonly ReleasedBuffer[]): void {
  for (const [buffer, reuse] of buffers) bufferManager.releaseBuffer(buffer, reuse);
}

/** Stands between TensorFlow.js and the device for the length of one step. */
class Recorder implements Recording {
  readonly commands: Command[] = [];
  readonly outside = new Map<object, OutsideTensor>();
  readonly released: ReleasedBuffer[] = [];
  /** The first reason why the step cannot be replayed. */
  refusal: Refusal | null = null;
  readonly #internals: WebGpuInternals;
  /** Tensors made in the step have this number or a higher one. */
  readonly #firstDataId: number;
  /** Kernels that run, the innermost last. */
  readonly #kernels: string[] = [];
  readonly #restore: (() => void)[] = [];

  constructor(internals: WebGpuInternals) {
    this.#internals = internals;
    this.#firstDataId = internals.nextDataId();
  }

  start(): void {
    const { device, bufferManager } = this.#internals;
    this.#replace(engineInternals(), "runKernelFunc", (original) => (call) => {
      this.#kernels.push(call.kernelName ?? "customGrad");
      try {
        return original(call);
      } finally {
        this.#kernels.pop();
      }
    });
    this.#replace(this.#internals, "uploadToGPU", (original) => (dataId) => {
      this.#noteConstant(dataId);
      original(dataId);
      this.#noteOutside(dataId);
    });
    this.#replace(this.#internals, "read", (original) => (dataId) => {
      this.#noteRead(dataId);
      return original(dataId);
    });
    this.#replace(this.#internals, "readSync", (original) => (dataId) => {
      const refusal = this.#noteRead(dataId);
      // It would wait for commands that are not submitted yet.
      if (refusal !== null) throw new Error(`${refusal.operation} cannot run in a step: ${refusal.reason}.`);
      return original(dataId);
    });
    this.#replace(bufferManager, "releaseBuffer", () => (buffer, reuse = true) => {
      this.released.push([buffer, reuse]);
    });
    this.#replace(device, "createCommandEncoder", (original) => (descriptor) => this.#listen(original(descriptor)));
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  #replace<Target extends object, Name extends keyof Target>(
    target: Target,
    name: Name,
    make: (original: Target[Name]) => Target[Name],
  ): void {
    this.#restore.push(replaceMethod(target, name, make));
  }

  get #kernel(): string {
    return this.#kernels.at(-1) ?? "the step";
  }

  #isOutside(dataId: object): boolean {
    return (Reflect.get(dataId, "id") as number) < this.#firstDataId;
  }

  /** Numbers that come from the worker's memory would be the same at every replay. */
  #noteConstant(dataId: object): void {
    const data: TensorData = this.#internals.tensorMap.get(dataId);
    const size = data.shape.reduce((product, dimension) => product * dimension, 1);
    if (this.#isOutside(dataId) || data.resource || !data.values || size <= LARGEST_CONSTANT) return;
    const [first] = Array.from(data.values);
    if (Array.from(data.values).every((value) => value === first)) return;
    const what = `${data.dtype}[${data.shape.join(", ")}]`;
    this.refusal ??= { operation: this.#kernel, reason: `its input ${what} was made outside the device` };
  }

  #noteOutside(dataId: object): void {
    if (!this.#isOutside(dataId)) return;
    const data = this.#internals.tensorMap.get(dataId);
    if (data.resource) this.outside.set(dataId, { data, buffer: data.resource });
  }

  /** Small constants may be read; numbers on the device, or from before the step, may not. */
  #noteRead(dataId: object): Refusal | null {
    const { values, shape } = this.#internals.tensorMap.get(dataId);
    if (values && !this.#isOutside(dataId)) return null;
    const refusal = { operation: this.#kernel, reason: `it reads a tensor [${shape.join(", ")}] back inside the step` };
    this.refusal ??= refusal;
    return refusal;
  }

  #listen(encoder: GPUCommandEncoder): GPUCommandEncoder {
    const beginComputePass = encoder.beginComputePass.bind(encoder);
    const copyBufferToBuffer = encoder.copyBufferToBuffer.bind(encoder) as (...copy: unknown[]) => void;
    encoder.beginComputePass = (descriptor) => this.#listenToPass(beginComputePass(descriptor));
    encoder.copyBufferToBuffer = (...copy: unknown[]) => {
      copyBufferToBuffer(...copy);
      const [source, sourceOffset, target, targetOffset, size] = copy as [GPUBuffer, number, GPUBuffer, number, number];
      // Uploads stand in the buffer already.
      if ((source.usage & GPUBufferUsage.MAP_WRITE) !== 0) return;
      this.commands.push({ kind: "copy", source, sourceOffset, target, targetOffset, size });
    };
    return encoder;
  }

  #listenToPass(pass: GPUComputePassEncoder): GPUComputePassEncoder {
    const setPipeline = pass.setPipeline.bind(pass);
    const setBindGroup = pass.setBindGroup.bind(pass) as (index: number, bindGroup: GPUBindGroup) => void;
    const dispatchWorkgroups = pass.dispatchWorkgroups.bind(pass);
    let pipeline: GPUComputePipeline | null = null;
    let bindGroup: GPUBindGroup | null = null;
    pass.setPipeline = (next) => {
      pipeline = next;
      setPipeline(next);
    };
    pass.setBindGroup = (index: number, next: GPUBindGroup) => {
      bindGroup = next;
      setBindGroup(index, next);
    };
    pass.dispatchWorkgroups = (x, y = 1, z = 1) => {
      dispatchWorkgroups(x, y, z);
      if (pipeline === null || bindGroup === null) throw new Error("A dispatch has no pipeline or no bind group.");
      this.commands.push({ kind: "dispatch", pipeline, bindGroup, x, y, z });
    };
    return pass;
  }
}
