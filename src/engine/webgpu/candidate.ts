/** Runs a compiled kernel by itself, on buffers that hold nothing of worth. It must not know why, nor what it computes. */
import type { Candidate } from "./trial.ts";

export interface RunnableKernel {
  readonly pipeline: GPUComputePipeline;
  readonly workgroups: readonly [x: number, y: number];
}

/** Buffers of those sizes in bytes, one for each binding, and zero throughout. */
export interface TrialBuffers {
  /** The kernel on these buffers, as often as is asked for in one submit. */
  candidate(this: void, kernel: RunnableKernel): Candidate;
  dispose(this: void): void;
}

export function createTrialBuffers(device: GPUDevice, bytes: readonly number[]): TrialBuffers {
  const buffers = bytes.map((size) => device.createBuffer({ label: "trial", size, usage: GPUBufferUsage.STORAGE }));
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  return {
    candidate({ pipeline, workgroups }) {
      const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
      return async (repetitions) => {
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        for (let repetition = 0; repetition < repetitions; repetition++) pass.dispatchWorkgroups(...workgroups);
        pass.end();
        device.queue.submit([encoder.finish()]);
        await device.queue.onSubmittedWorkDone();
      };
    },
    dispose() {
      for (const buffer of buffers) buffer.destroy();
    },
  };
}
