/** Which graphics adapter the browser offers, in words. */
import { isSoftwareRenderer } from "../../src/engine/starting.ts";
import type { Subject } from "./subject.ts";

/** Throws where there is no adapter. */
export async function describeAdapter(): Promise<Subject["device"]> {
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) throw new Error("no graphics adapter supports WebGPU");
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const device = [vendor, architecture].filter((word) => word !== "").join(" ") || description || "an unnamed adapter";
  return { device, onProcessor: isFallbackAdapter || isSoftwareRenderer(`${architecture} ${description}`) };
}
