/**
 * Numbers that every step reads anew, also a recorded one: settings, and counters that random draws come from. The host
 * writes them before a step; kernels find them on the device. It must not know what they mean.
 */
import { getBackend } from "@tensorflow/tfjs-core";
import { createLiveBuffer, type LiveBuffer } from "./webgpu/liveBuffer.ts";

/** How the device reads a number: as a float, or as an unsigned integer below 2³². */
export type LiveType = "f32" | "u32";

export type LiveLayout<Name extends string = string> = Readonly<Record<Name, LiveType>>;

export interface LiveNumbers<Name extends string = string> {
  readonly layout: LiveLayout<Name>;
  readonly values: Readonly<Record<Name, number>>;
  /** Where WebGPU keeps them; null on the other backends, whose kernels get the values themselves. */
  readonly buffer: GPUBuffer | null;
  /** Holds for all that is run or replayed from now on. */
  set(values: Readonly<Record<Name, number>>): void;
  dispose(): void;
}

/** Numbers by that layout, all 0, on the backend that runs. */
export function createLiveNumbers<Name extends string>(layout: LiveLayout<Name>): LiveNumbers<Name> {
  const names = Object.keys(layout) as Name[];
  const device: LiveBuffer | null = getBackend() === "webgpu" ? createLiveBuffer(Object.values(layout)) : null;
  let values = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  return {
    layout,
    get values() {
      return values;
    },
    buffer: device?.buffer ?? null,
    set(next) {
      if (names.every((name) => Object.is(next[name], values[name]))) return;
      values = { ...next };
      device?.write(names.map((name) => next[name]));
    },
    dispose() {
      device?.dispose();
    },
  };
}
