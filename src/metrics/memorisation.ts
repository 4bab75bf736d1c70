/** Whether samples are copies of what was trained on. It knows distances; it must not know images. */
import { invariant, present } from "../shared/invariant.ts";

/** A sample counts as a copy where it is nearer to a training image than all but this share of unseen real images are. */
export const COPY_QUANTILE = 0.01;
const HALF = 0.5;

/** The distance below which only that share of unseen real images have a training image. */
export function copyDistance(unseen: readonly number[]): number {
  return quantile(unseen, COPY_QUANTILE);
}

/** How far an unseen real image typically is from its nearest training image: half of them are nearer. */
export function typicalDistance(unseen: readonly number[]): number {
  return quantile(unseen, HALF);
}

/** Share of samples that count as copies, given how far each is from its nearest training image. */
export function copiedShare(distances: readonly number[], threshold: number): number {
  return distances.filter((distance) => distance < threshold).length / distances.length;
}

function quantile(values: readonly number[], share: number): number {
  invariant(values.length > 0, "a quantile of nothing");
  const sorted = values.toSorted((left, right) => left - right);
  return present(sorted[Math.floor(share * sorted.length)], "the quantile");
}
