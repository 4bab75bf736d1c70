/** The question which latent near a given one makes an item of a class: types alone. */
import type { ImageBatch } from "../protocol.ts";

/**
 * A generator that is told classes is told another one, and keeps the noise. Any other is followed downhill in latent space,
 * shown on the way, until the classifier behind the measurements reads the class.
 */
export interface MakeClassQuestion {
  readonly question: {
    /** Where to start: the numbers of one latent. */
    readonly latent: Float32Array<ArrayBuffer>;
    /** The class, counted from 0. */
    readonly label: number;
    /** Steps downhill, for a generator that is told no classes. */
    readonly steps: number;
  };
  readonly interim: MadeClass;
  readonly answer: MadeClass;
}

export interface MadeClass {
  /** Steps made and to be made; both 0 where the generator was told the class. */
  readonly step: number;
  readonly steps: number;
  /** The classifier's probability that the image is of the class; null where the data set has no classifier. */
  readonly probability: number | null;
  /** How far the noise is from where it started. */
  readonly distance: number;
  /** The best latent so far, and its image. */
  readonly latent: Float32Array<ArrayBuffer>;
  readonly image: ImageBatch;
}
