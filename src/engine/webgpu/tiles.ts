/** How large a block of the result one thread computes, by adapter. It must not know which kernel asks. */
import { isSoftwareAdapter } from "./adapter.ts";
import { exchangesInFours } from "./exchange.ts";
import { webGpuInternals } from "./internals.ts";

export interface Block {
  /** Rows of the result, or images, that one thread computes. */
  readonly rows: number;
  /** Columns that one thread computes, in vectors of four. */
  readonly vectors: number;
}

export interface Tile extends Block {
  readonly workgroupSize: number;
  /** What each of four neighbours computes in a product for which they hand numbers to each other, where they can. */
  readonly quad?: Block;
}

/**
 * A processor that plays a graphics card has few threads and many registers; a graphics card the other way round, and it
 * wants at least some ten thousand threads.
 */
export const TILES = {
  software: { rows: 16, vectors: 2, workgroupSize: 8 },
  softwareInFours: { rows: 16, vectors: 2, workgroupSize: 8, quad: { rows: 32, vectors: 2 } },
  hardware: { rows: 4, vectors: 1, workgroupSize: 64 },
} as const satisfies Readonly<Record<string, Tile>>;

/** Kinds of devices, by what tile suits them. */
export type TileKind = keyof typeof TILES;

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
  return isSoftwareAdapter(webGpuInternals().device.adapterInfo);
}

function kindHere(): TileKind {
  if (!isSoftwareDevice()) return "hardware";
  return exchangesInFours(webGpuInternals().device) ? "softwareInFours" : "software";
}

/** The tile for the running adapter, where nothing was tried. */
export function tileHere(): Tile {
  return TILES[kindHere()];
}

/** The tiles among which a kernel of so many multiply-adds is chosen, the usual one first. */
export function tilesHere(work: number): readonly Tile[] {
  return tilesFor(kindHere(), work);
}

/**
 * The same, given the kind of device: a processor has one tile, and no trial. Whatever the tile, each number of a result is
 * the same sum in the same order, so that a run does not depend on which one was the fastest.
 */
export function tilesFor(kind: TileKind, work: number): readonly Tile[] {
  if (kind !== "hardware") return [TILES[kind]];
  return work < WORTH_A_TRIAL ? [TILES.hardware] : TRIED;
}

/** The largest divisor of `count` that is at most `wanted`. */
export function divisorAtMost(wanted: number, count: number): number {
  for (let divisor = Math.min(wanted, count); divisor > 1; divisor--) if (count % divisor === 0) return divisor;
  return 1;
}
