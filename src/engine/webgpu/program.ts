/**
 * Runs WGSL of our own among the commands of TensorFlow.js: kernels with several outputs, or that change tensors in
 * place. It must not know what any of them computes.
 */
import { env, type TensorInfo } from "@tensorflow/tfjs-core";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";
import { present } from "../../shared/invariant.ts";
import { createTrialBuffers } from "./candidate.ts";
import { collectorOf, type Collector } from "./collector.ts";
import { EXCHANGE_WGSL } from "./exchange.ts";
import { bufferOf, webGpuInternals, type WebGpuInternals } from "./internals.ts";
import { liveWgsl } from "./liveBuffer.ts";
import { tilesHere, type Tile } from "./tiles.ts";

/**
 * The buffers a kernel sees, by name: what an element is, such as "f32" or "vec4f". Where it is said how many there are, as in
 * "vec4f, 64", nothing has to be looked up to keep a read within them.
 */
export type Buffers = Readonly<Record<string, string>>;

/** A kernel for given shapes. */
export interface KernelSource {
  /** Written, and perhaps read. Bound first, in this order. */
  readonly writes: Buffers;
  readonly reads: Buffers;
  /** Live numbers, each read by a function of its name. */
  readonly live?: LiveLayout;
  /** How often `run` is called. */
  readonly threads: number;
  readonly workgroupSize: number;
  /** Whether there is one workgroup only, which may use barriers; `threads` is then its size. */
  readonly cooperative?: true;
  /** Whether neighbours hand numbers to each other, which exchange.ts is asked about. */
  readonly exchanges?: boolean;
  /** WGSL that defines `fn run(i: u32)`. */
  readonly code: string;
}

/** A kernel that is written anew for every set of parameters, and compiled once for each. */
export interface Kernel<Parameters> {
  readonly name: string;
  /** Bindings are the written tensors, then those only read; `live` where the source has such numbers. */
  run(parameters: Parameters, bindings: readonly TensorInfo[], live?: LiveNumbers): void;
}

interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly workgroups: readonly [x: number, y: number];
  readonly writeCount: number;
}

/** Kernels by the key of their parameters. */
type Kernels = Map<string, Compiled>;

/** Parameters must be plain values: their JSON is the key of the compiled kernel. */
export function defineKernel<Parameters>(
  name: string,
  write: (parameters: Parameters) => KernelSource,
): Kernel<Parameters> {
  return defineAlternatives(name, (parameters) => [() => write(parameters)]);
}

/**
 * A kernel that computes the same numbers by tiles of several sizes, in the same order, and has no live ones. Where kernels
 * are compiled ahead, the fastest tile for the shape and the adapter is found by trial; else the first one is taken.
 * `work` counts the multiply-adds.
 */
export function defineTiledKernel<Parameters>(
  name: string,
  work: (parameters: Parameters) => number,
  write: (parameters: Parameters, tile: Tile) => KernelSource,
): Kernel<Parameters> {
  return defineAlternatives(name, (parameters) =>
    tilesHere(work(parameters)).map((tile) => () => write(parameters, tile)),
  );
}

/** The first alternative is the one that is taken unseen. */
function defineAlternatives<Parameters>(
  name: string,
  alternatives: (parameters: Parameters) => readonly (() => KernelSource)[],
): Kernel<Parameters> {
  const kernelsBy = new WeakMap<GPUDevice, Kernels>();
  /** What trials chose, by adapter and key: it holds for a device that takes the place of another, too. */
  const choices = new Map<string, number>();
  return {
    name,
    run(parameters, bindings, live) {
      const internals = webGpuInternals();
      const { device } = internals;
      const kernels = kernelsBy.get(device) ?? new Map<string, Compiled>();
      kernelsBy.set(device, kernels);
      const key = JSON.stringify(parameters);
      const choiceKey = `${adapterOf(device)} ${key}`;
      const choice = choices.get(choiceKey);
      const describeAll = () =>
        alternatives(parameters)
          .filter((_, place) => choice === undefined || place === choice)
          .map((write) => describe(device, name, write()));
      const collector = collectorOf(device);
      if (collector !== undefined) {
        const bytes = bindings.map((tensor) => bufferOf(internals, tensor).size);
        if (kernels.has(key) || !collector.isNew(kernels, key)) return;
        const remember = (place: number) => choices.set(choiceKey, place);
        compileAhead({ device, kernels, key, remember }, describeAll(), bytes, collector);
        return;
      }
      const compiled = kernels.get(key) ?? compile(device, present(describeAll()[0], "a kernel's source"));
      kernels.set(key, compiled);
      dispatch(internals, compiled, bindings, live);
    },
  };
}

function adapterOf({ adapterInfo }: GPUDevice): string {
  const { vendor, architecture, device, description } = adapterInfo;
  return [vendor, architecture, device, description].join(" ");
}

/** A tensor whose numbers a kernel will write; it has no buffer until then. */
export function emptyTensor(shape: readonly number[], dtype: "float32" | "int32" = "float32"): TensorInfo {
  return webGpuInternals().makeTensorInfo([...shape], dtype);
}

/** Workgroups along the first dimension; more go into the second. */
const MOST_WORKGROUPS = 32_768;

interface Description extends Omit<Compiled, "pipeline"> {
  readonly name: string;
  readonly pipeline: GPUComputePipelineDescriptor;
}

function describe(device: GPUDevice, name: string, source: KernelSource): Description {
  const groups = source.cooperative === true ? 1 : Math.ceil(source.threads / source.workgroupSize);
  const x = Math.min(groups, MOST_WORKGROUPS);
  const module = device.createShaderModule({ label: name, code: wgslOf(source, x * source.workgroupSize) });
  return {
    name,
    pipeline: { label: name, layout: "auto", compute: { module, entryPoint: "main" } },
    workgroups: [x, Math.ceil(groups / x)],
    writeCount: Object.keys(source.writes).length,
  };
}

function compile(device: GPUDevice, description: Description): Compiled {
  device.pushErrorScope("validation");
  const pipeline = device.createComputePipeline(description.pipeline);
  // Otherwise a kernel that does not compile would leave zeros without a word. A device that is lost has no answer.
  void device.popErrorScope().then(
    (error) => {
      if (error !== null) console.error(`The kernel ${description.name} does not compile: ${error.message}`);
    },
    () => undefined,
  );
  return { ...description, pipeline };
}

/** Where a kernel belongs that is compiled ahead, and who is told which of several was taken. */
interface Place {
  readonly device: GPUDevice;
  readonly kernels: Kernels;
  readonly key: string;
  remember(this: void, choice: number): void;
}

/** Has a collector see to it that the kernel is there in time; whoever needs it earlier compiles it at once. */
function compileAhead(
  place: Place,
  descriptions: readonly Description[],
  bytes: readonly number[],
  collector: Collector,
) {
  const { device, kernels, key, remember } = place;
  const compiled = new Map<Description, Compiled>();
  const take = (kernel: Compiled) => {
    if (!kernels.has(key)) kernels.set(key, kernel);
  };
  for (const description of descriptions) {
    collector.kernels.push({
      descriptor: description.pipeline,
      provide: (pipeline) => {
        compiled.set(description, { ...description, pipeline });
        if (descriptions.length === 1) take({ ...description, pipeline });
      },
    });
  }
  if (descriptions.length === 1) return;
  collector.trials.push(async (trials) => {
    // In the order of the alternatives, whichever was compiled first; one that could not be is not worth a trial.
    const candidates = descriptions.flatMap((description) => compiled.get(description) ?? []);
    if (candidates.length < descriptions.length || kernels.has(key)) return;
    const buffers = createTrialBuffers(device, bytes);
    try {
      const choice = await trials.fastestOf(candidates.map(buffers.candidate));
      take(present(candidates[choice], "the fastest kernel"));
      remember(choice);
    } finally {
      buffers.dispose();
    }
  });
}

function wgslOf(source: KernelSource, rowLength: number): string {
  const { writes, reads, live, threads, workgroupSize, cooperative, exchanges, code } = source;
  const declare =
    (access: string) =>
    ([name, element]: [string, string], binding: number) =>
      `@group(0) @binding(${String(binding)}) var<storage, ${access}> ${name}: array<${element}>;`;
  const written = Object.entries(writes).map(declare("read_write"));
  const read = Object.entries(reads).map(([name, element], index) =>
    declare("read")([name, element], written.length + index),
  );
  const call = cooperative === true ? "run(i);" : `if (i < ${String(threads)}u) { run(i); }`;
  const numbers = live === undefined ? "" : liveWgsl(live, written.length + read.length);
  return `${exchanges === true ? EXCHANGE_WGSL : ""}
${[...written, ...read].join("\n")}
${numbers}
${code}
@compute @workgroup_size(${String(workgroupSize)})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.y * ${String(rowLength)}u + id.x;
  ${call}
}`;
}

function dispatch(
  internals: WebGpuInternals,
  { pipeline, workgroups, writeCount }: Compiled,
  bindings: readonly TensorInfo[],
  live: LiveNumbers | undefined,
): void {
  const buffers = bindings.map((tensor) => bufferOf(internals, tensor));
  if (live !== undefined) buffers.push(present(live.buffer, "the buffer of live numbers"));
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  for (const [index, { dataId }] of bindings.entries()) {
    internals.commandQueueOwnedIds.add(dataId);
    if (index < writeCount) internals.tensorMap.get(dataId).values = null;
  }
  const bindGroup = internals.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  internals.ensureCommandEncoderReady();
  internals.computePassEncoder ??= internals.commandEncoder?.beginComputePass() ?? null;
  const pass = internals.computePassEncoder;
  if (pass === null) throw new Error("The WebGPU backend has no command encoder.");
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(workgroups[0], workgroups[1]);
  internals.dispatchCountInPass += 1;
  if (internals.dispatchCountInPass >= env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE")) {
    internals.endComputePassEncoder();
    internals.submitQueue();
  }
}
