/** Which classes a classifier sees in images, and how many it misses. It must not know how the images were made. */
import { probabilitiesOf } from "./probabilities.ts";
import { COVERED } from "./quality.ts";
import type { Rows } from "./rows.ts";

/** An image is taken for one of a class from this probability on. */
export const RECOGNISED = 0.9;

export interface ClassHistogram {
  /** Images recognised as one of each class. */
  readonly counts: readonly number[];
  /** Images that the classifier is not sure of. */
  readonly unrecognised: number;
}

export function classHistogram(logits: Rows): ClassHistogram {
  const counts = Array.from({ length: logits.width }, () => 0);
  let unrecognised = 0;
  for (let row = 0; row < logits.count; row++) {
    const label = probabilitiesOf(logits, row).findIndex((probability) => probability >= RECOGNISED);
    if (label < 0) unrecognised += 1;
    else counts[label] = (counts[label] ?? 0) + 1;
  }
  return { counts, unrecognised };
}

/** How many classes are covered. */
export function classesCovered({ counts, unrecognised }: ClassHistogram): number {
  const total = counts.reduce((sum, count) => sum + count, unrecognised);
  return counts.filter((count) => count > 0 && count >= COVERED * total).length;
}
