/** Images in the order of their scores, and how many have which. Pure; it must not know where scores come from. */
import type { ImageBatch } from "../worker/protocol.ts";

export interface ScoredImages {
  readonly images: ImageBatch;
  /** One for each image. */
  readonly scores: readonly number[];
}

/** In the places of the grid, or the most real first, or the most fake. */
export const ORDERS = ["place", "falling", "rising"] as const;
export type Order = (typeof ORDERS)[number];

/** Which image comes when. Equal scores keep their order; what is not a number comes last. */
export function ranked(scores: readonly number[], order: Order): readonly number[] {
  const places = [...scores.keys()];
  if (order === "place") return places;
  const sign = order === "rising" ? 1 : -1;
  const worth = (place: number): number => {
    const score = scores[place] ?? NaN;
    return Number.isNaN(score) ? Infinity : sign * score;
  };
  return places.sort((a, b) => (worth(a) === worth(b) ? a - b : worth(a) - worth(b)));
}

/** Those images, in that order. */
export function picked({ images: { shape, pixels }, scores }: ScoredImages, places: readonly number[]): ScoredImages {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const chosen = new Uint8Array(places.length * size);
  for (const [row, place] of places.entries()) {
    chosen.set(pixels.subarray(place * size, (place + 1) * size), row * size);
  }
  return {
    images: { count: places.length, shape, pixels: chosen },
    scores: places.map((place) => scores[place] ?? NaN),
  };
}

/** The range of a histogram: the one that is given, or as far as the finite ones of these scores go, and a little more. */
export function scoreRange(
  scores: readonly number[],
  range: readonly [number, number] | null,
): readonly [least: number, greatest: number] {
  if (range !== null) return range;
  const finite = scores.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  const room = greatest === least ? 1 : (greatest - least) * 0.05;
  return [least - room, greatest + room];
}

/** How many scores fall into each of `bins` equal parts of the range; what lies outside counts to the part at that end. */
export function histogram(
  scores: readonly number[],
  [least, greatest]: readonly [number, number],
  bins: number,
): readonly number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const score of scores) {
    if (Number.isNaN(score)) continue;
    const bin = Math.floor((bins * (score - least)) / (greatest - least));
    const within = Math.min(bins - 1, Math.max(0, bin));
    counts[within] = (counts[within] ?? 0) + 1;
  }
  return counts;
}
