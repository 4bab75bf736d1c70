/** The question for images of given or fresh latents: types, and a limit. */
import type { ImageBatch } from "../protocol.ts";

/** Images by the weights that stand. At most MOST_RENDERED of them at a time. */
export interface RenderQuestion {
  readonly question: LatentSource;
  readonly interim: never;
  readonly answer: ImageBatch;
}

/** A single question may ask for so many images. */
export const MOST_RENDERED = 4096;

export type LatentSource =
  /** These very latents, `count` rows of numbers; the classes, where the generator is told them, follow in each row. */
  | { readonly kind: "given"; readonly values: Float32Array<ArrayBuffer>; readonly count: number }
  /**
   * `count` fresh latents drawn from the run's seed, from the `first`-th on; of one class after another where the generator is
   * told classes, or of those given, one for each image.
   */
  | { readonly kind: "fresh"; readonly first: number; readonly count: number; readonly classes?: readonly number[] };
