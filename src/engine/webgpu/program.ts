/**
 * Runs WGSL of our own among the commands of TensorFlow.js: kernels with several outputs, or that change tensors in
 * place. It must not know what any of them computes.
 */
import { env, type TensorInfo } from "@tensorflow/tfjs-core";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";
import { present } from "../../shared/invariant.ts";
import { bufferOf, COMPILE_ONLY, webGpuInternals, type WebGpuInternals } from "./internals.ts";
import { liveWgsl } from "./liveBuffer.ts";

/** The buffers a kernel sees, by name: what an element is, such as "f32" or "vec4f". */
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

/** Kernels by the key of their parameters; null while one is compiled ahead. */
type Kernels = Map<string, Compiled | null>;

/** Parameters must be plain values: their JSON is the key of the compiled kernel. */
export function defineKernel<Parameters>(
  name: string,
  write: (parameters: Parameters) => KernelSource,
): Kernel<Parameters> {
  const kernelsBy = new WeakMap<GPUDevice, Kernels>();
  return {
    name,
    run(parameters, bindings, live) {
      const internals = webGpuInternals();
      const { device } = internals;
      const kernels = kernelsBy.get(device) ?? new Map<string, Compiled | null>();
      kernelsBy.set(device, kernels);
      const key = JSON.stringify(parameters);
      if (env().getBool(COMPILE_ONLY)) {
        if (!kernels.has(key)) compileAhead(kernels, key, device, describe(device, name, write(parameters)));
        for (const tensor of bindings) bufferOf(internals, tensor);
        return;
      }
      const compiled = kernels.get(key) ?? compile(device, describe(device, name, write(parameters)));
      kernels.set(key, compiled);
      dispatch(internals, compiled, bindings, live);
    },
  };
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
  // Otherwise a kernel that does not compile would leave zeros without a word.
  void device.popErrorScope().then((error) => {
    if (error !== null) console.error(`The kernel ${description.name} does not compile: ${error.message}`);
  });
  return { ...description, pipeline };
}

/** Compiles on the device's own time; whoever needs the kernel earlier compiles it at once. */
function compileAhead(kernels: Kernels, key: string, device: GPUDevice, description: Description): void {
  kernels.set(key, null);
  void device.createComputePipelineAsync(description.pipeline).then((pipeline) => {
    if (kernels.get(key) === null) kernels.set(key, { ...description, pipeline });
  });
}

function wgslOf(source: KernelSource, rowLength: number): string {
  const { writes, reads, live, threads, workgroupSize, cooperative, code } = source;
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
  return `${[...written, ...read].join("\n")}
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
