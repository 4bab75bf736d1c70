/** How large a block of the result one thread computes, by adapter. It must not know which kernel asks. */
import { isSoftwareRenderer } from "../starting.ts";
import { webGpuInternals } from "./internals.ts";

export interface Tile {
  /** Rows of the result, or images, that one thread computes. */
  readonly rows: number;
  /** Columns that one thread computes, in vectors of four. */
  readonly vectors: number;
  readonly workgroupSize: number;
}

/**
 * A processor that plays a graphics card has few threads and many registers; a graphics card the other way round, and it
 * wants at least some ten thousand threads.
 */
export const TILES = {
  software: { rows: 16, vectors: 2, workgroupSize: 8 },
  hardware: { rows: 4, vectors: 1, workgroupSize: 64 },
} as const satisfies Readonly<Record<string, Tile>>;

/** Whether a processor plays the graphics card. */
export function isSoftwareDevice(): boolean {
  const { isFallbackAdapter, architecture, description } = webGpuInternals().device.adapterInfo;
  return isFallbackAdapter || isSoftwareRenderer(architecture) || isSoftwareRenderer(description);
}

/** The tile for the running adapter. */
export function tileHere(): Tile {
  return isSoftwareDevice() ? TILES.software : TILES.hardware;
}

/** The largest divisor of `count` that is at most `wanted`. */
export function divisorAtMost(wanted: number, count: number): number {
  for (let divisor = Math.min(wanted, count); divisor > 1; divisor--) if (count % divisor === 0) return divisor;
  return 1;
}
