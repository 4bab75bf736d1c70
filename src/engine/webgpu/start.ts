/** Starts WebGPU on the adapter that was found; adapter.ts finds it. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend, env } from "@tensorflow/tfjs-core";
import { noteLoss, useBackend, type StartedBackend, type StartRequest } from "../starting.ts";
import { withExchange } from "./exchange.ts";
import { registerWebGpuKernels } from "./kernels.ts";

/** `device` is the adapter that was found. */
export async function startWebGpu(device: string, { onLost }: Pick<StartRequest, "onLost">): Promise<StartedBackend> {
  // Small tensors would be computed on the CPU, and so in another order than large ones.
  env().set("WEBGPU_CPU_FORWARD", false);
  await withExchange(() => useBackend("webgpu"));
  registerWebGpuKernels();
  const running = backend();
  if (running instanceof WebGPUBackend) {
    void running.device.lost.then(({ message }) => {
      noteLoss(running);
      onLost(message);
    });
  }
  return { device };
}
