/** What the files that start one backend each have in common. */
import { engine, findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import type { BackendName } from "./backends.ts";

export interface StartRequest {
  /** Whether a device that only emulates a graphics card will do. */
  readonly acceptSoftware: boolean;
  /** To be called when the device goes away after the start. */
  readonly onLost: (why: string) => void;
}

/** A backend under way: the adapter or processor in words. */
export interface StartedBackend {
  readonly device: string;
}

/** A backend that cannot be had here; the message is a short reason: "this browser does not offer it". */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** Makes a registered backend the one that runs, on a new device if its last one is gone. Where it does not start, the one before stays. */
export async function useBackend(name: BackendName): Promise<void> {
  leaveLostDevice(name);
  const before = engine().backendName;
  if (await setBackend(name)) return;
  if (typeof before === "string") await setBackend(before);
  throw new UnavailableError("it failed to start");
}

/** Backends whose device is gone. */
const lost = new WeakSet<object>();

/** To be called when the device of the running backend goes away. */
export function noteLoss(running: object): void {
  lost.add(running);
}

/** TensorFlow.js would go on with the backend that it has; without that, it asks for a new device. */
function leaveLostDevice(name: BackendName): void {
  const standing = engine().registry[name];
  if (standing === undefined || !lost.has(standing)) return;
  const factory = findBackendFactory(name);
  removeBackend(name);
  registerBackend(name, factory);
}

/** Renderers that only emulate a graphics card. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function isSoftwareRenderer(description: string): boolean {
  return SOFTWARE_RENDERER.test(description);
}

/** What ANGLE puts around the name of a card: its maker, the name, the interface it draws through. */
const ANGLE_NAME = /^ANGLE \([^,]+, (?:ANGLE Metal Renderer: |Vulkan [\d.]+ \()?(.+), [^,]*\)$/;

/** A renderer's name as people know it, without the wrappers and numbers that browsers put around it. */
export function shortRendererName(name: string): string {
  const inner = ANGLE_NAME.exec(name)?.[1] ?? name;
  return inner.replace(/ (?:Device )?\((?:0x|Subzero).*$/, "").replace(/ Direct3D.*$/, "");
}
