/** A square grid of latents, and how many of all latents each of its cells holds. It must not know a generator. */
import type { LatentSpace } from "../../shared/latents.ts";
import { MANIFOLD_SIDE } from "./plane.question.ts";

/** How far the grid goes either way: nearly all of the latents along an axis. */
const REACH = { normal: 2.5, uniform: 1, spherical: 2.5 } as const;

/**
 * Latents over the plane of the first two dimensions, row by row, [MANIFOLD_SIDE², latentDim]; all others are 0, and of one
 * dimension the grid is a line, as often as it has rows.
 */
export function latentPlane({ latentDim, latentDistribution }: LatentSpace): Float32Array<ArrayBuffer> {
  const nodes = nodesOf(REACH[latentDistribution]);
  const latents = new Float32Array(MANIFOLD_SIDE ** 2 * latentDim);
  for (let node = 0; node < MANIFOLD_SIDE ** 2; node++) {
    const at = [nodes[node % MANIFOLD_SIDE] ?? 0, nodes[Math.floor(node / MANIFOLD_SIDE)] ?? 0];
    latents.set(at.slice(0, latentDim), node * latentDim);
  }
  return latents;
}

/** The share of the plane's latents in each cell, [(MANIFOLD_SIDE − 1)²], of normal or even ones; their sum is 1 at most. */
export function latentMasses({ latentDistribution }: LatentSpace): Float32Array<ArrayBuffer> {
  const cells = MANIFOLD_SIDE - 1;
  const reach = REACH[latentDistribution];
  const middles = nodesOf(reach).map((node) => node + reach / cells);
  const length = (2 * reach) / cells;
  const along = middles
    .slice(0, cells)
    .map((middle) =>
      latentDistribution === "uniform"
        ? 1 / cells
        : (length * Math.exp(-0.5 * middle * middle)) / Math.sqrt(2 * Math.PI),
    );
  return Float32Array.from(
    { length: cells * cells },
    (_, cell) => (along[cell % cells] ?? 0) * (along[Math.floor(cell / cells)] ?? 0),
  );
}

function nodesOf(reach: number): readonly number[] {
  return Array.from({ length: MANIFOLD_SIDE }, (_, index) => reach * ((2 * index) / (MANIFOLD_SIDE - 1) - 1));
}
