/** The question for the discriminator's scores of images: types, and a limit. */
import type { ImageBatch } from "../protocol.ts";

/** All groups are judged by the weights of one step. At most MOST_JUDGED images in all. */
export interface JudgeQuestion {
  readonly question: { readonly sources: readonly JudgedSource[] };
  readonly interim: never;
  /** One group for each source. */
  readonly answer: { readonly step: number; readonly groups: readonly JudgedImages[] };
}

/** A single question may ask for so many scores. */
export const MOST_JUDGED = 1024;

export type JudgedSource =
  /** These very images, of the data's shape. */
  | { readonly kind: "given"; readonly images: ImageBatch }
  /** The cells of the sample grid. */
  | { readonly kind: "probe" }
  /** Fakes of `count` fresh latents drawn from the run's seed, from the `first`-th on. */
  | { readonly kind: "fresh"; readonly first: number; readonly count: number }
  /** Real images in the run's own order from the `first`-th on; none as long as they have not come. */
  | { readonly kind: "real"; readonly first: number; readonly count: number }
  /** The real images that the discriminator was shown last; before the first step, those that come first. */
  | { readonly kind: "lastReal"; readonly count: number };

export interface JudgedImages {
  readonly images: ImageBatch;
  /** The discriminator's output for each, by the running statistics: [count]. */
  readonly logits: Float32Array<ArrayBuffer>;
}
