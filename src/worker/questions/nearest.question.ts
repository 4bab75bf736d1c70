/** The question which training images samples are most like: types, and a limit. */
import type { ImageBatch } from "../protocol.ts";

/** A single question may bring so many images: each is compared with the whole data set. */
export const MOST_COMPARED = 64;

export interface NearestQuestion {
  /** Images of the data's shape, at most MOST_COMPARED. */
  readonly question: { readonly images: ImageBatch };
  readonly interim: never;
  readonly answer: NearestAnswer;
}

export interface NearestAnswer {
  /** The training image that is most like each, pixel by pixel. */
  readonly images: ImageBatch;
  /** How far each is from it: the root of the mean squared difference of pixels that count from 0 to 1. */
  readonly distances: readonly number[];
  /** How far real images are from it that nobody trained on; null for data of which that was not measured. */
  readonly unseen: UnseenDistances | null;
}

/** Distances of unseen real images from their nearest training images. */
export interface UnseenDistances {
  /** Half of them are nearer. */
  readonly typical: number;
  /** One in a hundred is nearer. */
  readonly near: number;
}
