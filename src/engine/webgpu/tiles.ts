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

/** Tiles that a graphics card is tried with: the usual one, and larger ones that read less and leave fewer threads. */
const TRIED = [
  TILES.hardware,
  { rows: 8, vectors: 1, workgroupSize: 64 },
  { rows: 4, vectors: 2, workgroupSize: 64 },
] as const satisfies readonly Tile[];

/** Multiply-adds below which a kernel takes about as long as starting it, whatever its tile. */
const WORTH_A_TRIAL = 4e6;

/** Whether a processor plays the graphics card. */
export function isSoftwareDevice(): boolean {
  const { isFallbackAdapter, architecture, description } = webGpuInternals().device.adapterInfo;
  return isFallbackAdapter || isSoftwareRenderer(architecture) || isSoftwareRenderer(description);
}

/** The tile for the running adapter, where nothing was tried. */
export function tileHere(): Tile {
  return isSoftwareDevice() ? TILES.software : TILES.hardware;
}

/** The tiles among which a kernel of so many multiply-adds is chosen, the usual one first. */
export function tilesHere(work: number): readonly Tile[] {
  return tilesFor(isSoftwareDevice(), work);
}

/**
 * The same, given what plays the graphics card: a processor has one tile, and no trial. Whatever the tile, each number of a
 * result is the same sum in the same order, so that a run does not depend on which one was the fastest.
 */
export function tilesFor(isSoftware: boolean, work: number): readonly Tile[] {
  if (isSoftware) return [TILES.software];
  return work < WORTH_A_TRIAL ? [TILES.hardware] : TRIED;
}

/** The largest divisor of `count` that is at most `wanted`. */
export function divisorAtMost(wanted: number, count: number): number {
  for (let divisor = Math.min(wanted, count); divisor > 1; divisor--) if (count % divisor === 0) return divisor;
  return 1;
}
