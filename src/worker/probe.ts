/** The latents behind the sample grid, and how the grid is laid out. It must not know networks or messages. */
import { oneHot, tidy, tile, type Tensor2D } from "@tensorflow/tfjs-core";
import { withLabels } from "../gan/conditioning.ts";
import type { Config } from "../gan/config.ts";
import { drawLatents } from "../gan/latents.ts";
import type { ImageGrid } from "./protocol.ts";

/** Cells of the grid where there are no classes. */
export const PROBE_COUNT = 64;
/** Points of the probe, where points are made. */
const PROBE_POINTS = 512;
/** Cells of a row where every class has one. */
const COLUMNS = 8;

export interface Probe {
  /** What the generator makes the cells of, one row each. Whoever asked for it frees it. */
  readonly latents: Tensor2D;
  /** Absent where any way to lay the cells out will do. */
  readonly grid?: ImageGrid;
}

/**
 * The probe of a run: the first latents that its seed draws for it. Where the players are told classes, every class has a
 * row, and a column is one latent: the same noise, asked for one class after another.
 */
export function createProbe(config: Config, makesPoints: boolean, classes: readonly string[]): Probe {
  const key = { seed: config.seed, stream: "probe", draw: 0 } as const;
  if (classes.length === 0) return { latents: drawLatents(key, makesPoints ? PROBE_POINTS : PROBE_COUNT, config) };
  const told = classes.flatMap((_, label) => Array.from({ length: COLUMNS }, () => label));
  const latents = tidy(() => {
    const columns = tile(drawLatents(key, COLUMNS, config), [classes.length, 1]);
    return withLabels(columns, oneHot(told, classes.length, 1, 0, "float32") as Tensor2D);
  });
  return { latents, grid: { columns: COLUMNS, rowLabels: [...classes] } };
}
