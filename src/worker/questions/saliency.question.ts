/** The question how the discriminator's score of an image changes with each of its pixels: types alone. */
import type { ImageBatch } from "../protocol.ts";

export interface SaliencyQuestion {
  readonly question: {
    /** One image of the data's shape. */
    readonly image: ImageBatch;
  };
  readonly interim: never;
  readonly answer: Saliency;
}

export interface Saliency {
  readonly step: number;
  /** The discriminator's output, by the running statistics. */
  readonly logit: number;
  /** Its gradient by the pixels, which range over [−1, 1]: [height · width · channels]. */
  readonly slopes: Float32Array<ArrayBuffer>;
}
