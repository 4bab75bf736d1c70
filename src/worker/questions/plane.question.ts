/** The question for all that can be seen of a run in the plane: types, and sizes. */

/** Looks with the weights that stand, and moves none. Refused where the run makes images. */
export interface PlaneQuestion {
  readonly question: PlaneWish;
  readonly interim: never;
  readonly answer: PlaneAnswer;
}

/** What is wanted beside the points themselves. */
export interface PlaneWish {
  /** D over the plane. */
  readonly surface: boolean;
  /** A grid of latents, and where the generator takes it. */
  readonly manifold: boolean;
  /** Where each fake is told to go. */
  readonly told: boolean;
  /** How densely real and fake points lie. */
  readonly densities: boolean;
  /** How far apart they are. */
  readonly measures: boolean;
}

/** Cells along either side of the surface and the densities. */
export const SURFACE_SIDE = 64;
/** Nodes along either side of the latent grid. */
export const MANIFOLD_SIDE = 25;
/** Points of either kind that are shown. */
export const SHOWN_POINTS = 512;
/** Points of either kind that densities and measures are made of. */
export const MEASURED_POINTS = 2048;
/** Cells along either side in which points are counted for the divergences. */
export const COUNTED_SIDE = 20;
/** Standard deviation of the kernel by which densities are estimated, in units of the plane. */
export const KERNEL_DEVIATION = 0.1;

export interface PlaneAnswer {
  readonly step: number;
  /** Half the side of the square that is shown, about the origin. */
  readonly extent: number;
  /** [SHOWN_POINTS, 2]. Fakes are of the same latents every time. */
  readonly real: Float32Array<ArrayBuffer>;
  readonly fake: Float32Array<ArrayBuffer>;
  /** σ(D) in the middle of each cell, [SURFACE_SIDE · SURFACE_SIDE], row by row from the lower left. */
  readonly surface: Float32Array<ArrayBuffer> | null;
  readonly manifold: Manifold | null;
  /** −∂loss / ∂x at each shown fake, by the generator's loss of that point alone, [SHOWN_POINTS, 2]. */
  readonly told: Float32Array<ArrayBuffer> | null;
  /** Kernel estimates of the probability density in the cells of the surface. */
  readonly densities: Readonly<Record<"real" | "fake", Float32Array<ArrayBuffer>>> | null;
  readonly measures: PointMeasures | null;
}

export interface Manifold {
  /** Where the nodes come to lie, row by row, [MANIFOLD_SIDE · MANIFOLD_SIDE, 2]. */
  readonly points: Float32Array<ArrayBuffer>;
  /** Share of all latents in each cell, [(MANIFOLD_SIDE − 1)²]; of the plane's own, where latents have more dimensions. */
  readonly masses: Float32Array<ArrayBuffer>;
  readonly latentDim: number;
}

export interface PointMeasures {
  /** KL(data ‖ generator) in bits, on a grid of COUNTED_SIDE² cells. */
  readonly kl: number;
  /** In bits, from 0 to 1, on the same grid. */
  readonly jensenShannon: number;
  /** Sliced, in units of the plane. */
  readonly wasserstein: number;
  /** Null where the data have no clouds. */
  readonly modes: { readonly covered: number; readonly modes: number; readonly goodShare: number } | null;
}
