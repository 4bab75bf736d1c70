/** Starts WebGPU on the adapter that the browser offers. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend, env } from "@tensorflow/tfjs-core";
import {
  isSoftwareRenderer,
  noteLoss,
  UnavailableError,
  useBackend,
  type StartedBackend,
  type StartRequest,
} from "../starting.ts";
import { registerWebGpuKernels } from "./kernels.ts";

/** Throws an UnavailableError where there is no adapter, or only one in software and that will not do. */
export async function startWebGpu({ acceptSoftware, onLost }: StartRequest): Promise<StartedBackend> {
  if (!("gpu" in navigator)) throw new UnavailableError("this browser does not offer it");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new UnavailableError("no graphics adapter supports it");
  const device = describeAdapter(adapter.info);
  if (isSoftware(adapter.info) && !acceptSoftware) throw new UnavailableError(`only a software adapter, ${device}`);
  // Small tensors would be computed on the CPU, and so in another order than large ones.
  env().set("WEBGPU_CPU_FORWARD", false);
  await useBackend("webgpu");
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

function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || isSoftwareRenderer(info.architecture) || isSoftwareRenderer(info.description);
}

/** Such as "apple metal-3"; browsers leave out what would tell people apart. */
function describeAdapter({ vendor, architecture, description }: GPUAdapterInfo): string {
  const words = [vendor, architecture].filter((word) => word !== "");
  if (words.length > 0) return words.join(" ");
  return description === "" ? "an unnamed adapter" : description;
}
