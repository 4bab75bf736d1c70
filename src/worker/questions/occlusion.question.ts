/** The question which parts of an image the discriminator's score rests on: types, and a limit. */
import type { ImageBatch } from "../protocol.ts";

export interface OcclusionQuestion {
  readonly question: {
    /** One image of the data's shape. */
    readonly image: ImageBatch;
  };
  readonly interim: never;
  readonly answer: Occlusion;
}

/** Places along either side at which a patch hides the image. */
export const OCCLUSION_PLACES = 14;

export interface Occlusion {
  readonly step: number;
  readonly rows: number;
  readonly columns: number;
  /**
   * How much the discriminator's output falls when a black patch hides the image around each place, row by row from the top
   * left: [rows · columns].
   */
  readonly falls: Float32Array<ArrayBuffer>;
}
