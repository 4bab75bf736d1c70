/** How near a sample is to its nearest training image, in words. It knows distances, not components. */
import type { UnseenDistances } from "../../worker/questions/nearest.question.ts";

export type Resemblance = "copy" | "usual" | "far";

/** A sample beside unseen real images: nearer than nearly all of them, as near as they are, or farther than most. */
export function resemblanceOf(distance: number, { near, typical }: UnseenDistances): Resemblance {
  if (distance < near) return "copy";
  return distance <= typical ? "usual" : "far";
}

/** What that means, to go on after the distance. */
export const RESEMBLANCES: Readonly<Record<Resemblance, string>> = {
  copy: "Nearer than 99 in 100 unseen real images are to theirs: perhaps a copy.",
  usual: "As near as half of all unseen real images are to theirs: no sign of a copy.",
  far: "Farther than half of all unseen real images are from theirs: no copy.",
};

/** Where a distance lies on a scale from 0 to well beyond what is typical: a share of its length. */
export function placeOnScale(distance: number, { typical }: UnseenDistances): number {
  return Math.min(1, distance / (SCALE_END * typical));
}

/** The scale ends at so many times the typical distance. */
const SCALE_END = 1.8;
