/** The question for the latents of the sample grid and the main directions around them: types alone. */

/** Answered from the weights that stand. */
export interface LatentsQuestion {
  readonly question: { readonly directions: number };
  readonly interim: never;
  readonly answer: LatentsAnswer;
}

export interface LatentsAnswer {
  /** Numbers of one latent; where the generator is told classes, the last of them are a number for each. */
  readonly latentDim: number;
  /** How many these are; 0 where the generator is told no classes. */
  readonly classes: number;
  /** The probe's latents, one after the other: the cells of the sample grid. */
  readonly probe: Float32Array<ArrayBuffer>;
  /** Unit vectors of latentDim numbers along which the images change most; axes, where the generator has no first layer of weights. */
  readonly directions: readonly Float32Array<ArrayBuffer>[];
  /** Share of the first layer's variance along each direction, in [0, 1]. */
  readonly shares: readonly number[];
  /** The share of each single latent dimension, [latentDim]. */
  readonly importance: Float32Array<ArrayBuffer>;
}
