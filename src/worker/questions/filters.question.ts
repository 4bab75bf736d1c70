/** The question which patterns the discriminator's first layer looks for: types, and a limit. */
export interface FiltersQuestion {
  readonly question: null;
  readonly interim: never;
  /** Null where the first layer that learns does not multiply the pixels themselves, as a residual block does not. */
  readonly answer: Filters | null;
}

/** Only the first filters are told. */
export const MOST_FILTERS = 64;

export interface Filters {
  readonly step: number;
  /** The layer's place in the network. */
  readonly layer: number;
  readonly type: string;
  /** How many filters the layer has, whether or not all are told. */
  readonly of: number;
  readonly count: number;
  /** Of one filter, in the image's own channels; a dense layer's are as large as the image. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** What each multiplies pixels by, normalised by its spectrum where the layer does that: [count, ...shape]. */
  readonly values: Float32Array<ArrayBuffer>;
}
