/** The question which latent makes an image most like a given one: types alone. */
import type { ImageBatch } from "../protocol.ts";

/** Found by gradient descent on z, shown on the way. */
export interface ProjectQuestion {
  readonly question: {
    /** One image of the data's shape. */
    readonly image: ImageBatch;
    readonly steps: number;
  };
  readonly interim: ProjectedImage;
  readonly answer: ProjectedImage;
}

export interface ProjectedImage {
  readonly step: number;
  readonly steps: number;
  /** Root of the mean squared difference of the pixels, which range over [−1, 1]. */
  readonly error: number;
  /** The best latent so far, and its image. */
  readonly latent: Float32Array<ArrayBuffer>;
  readonly image: ImageBatch;
}
