/** The question which ReLUs of the generator never fire: types alone. */

/** Refused by nobody: a generator without ReLUs has no layers to tell of. */
export interface DeadUnitsQuestion {
  readonly question: null;
  readonly interim: never;
  readonly answer: DeadUnits;
}

export interface DeadUnits {
  /** Fresh samples that every unit was watched in. */
  readonly samples: number;
  /** The ReLU layers, in their order. */
  readonly layers: readonly {
    /** Its place in the generator, from 0. */
    readonly layer: number;
    /** Channels, each of which is one unit wherever in the image it looks. */
    readonly units: number;
    /** Those that were zero everywhere in every sample. */
    readonly dead: number;
  }[];
}
