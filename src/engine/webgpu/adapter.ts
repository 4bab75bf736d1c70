/** Which adapter the browser offers to WebGPU. It must not load the backend, which takes longer. */
import { isSoftwareRenderer, UnavailableError, type StartRequest } from "../starting.ts";

/** What it is, in words. Throws an UnavailableError where there is none, or only one in software and that will not do. */
export async function findAdapter({ acceptSoftware }: Pick<StartRequest, "acceptSoftware">): Promise<string> {
  if (!("gpu" in navigator)) throw new UnavailableError("this browser does not offer it");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new UnavailableError("no graphics adapter supports it");
  const device = describeAdapter(adapter.info);
  if (isSoftwareAdapter(adapter.info) && !acceptSoftware)
    throw new UnavailableError(`only a software adapter, ${device}`);
  return device;
}

/** Whether a processor plays the graphics card. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || isSoftwareRenderer(info.architecture) || isSoftwareRenderer(info.description);
}

/** Such as "apple metal-3"; browsers leave out what would tell people apart. */
function describeAdapter({ vendor, architecture, description }: GPUAdapterInfo): string {
  const words = [vendor, architecture].filter((word) => word !== "");
  if (words.length > 0) return words.join(" ");
  return description === "" ? "an unnamed adapter" : description;
}
