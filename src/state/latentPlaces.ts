/** Where in latent space one is, by the main directions that a run has told. Pure; it must not know who asks for images. */
import { between, changeNoise } from "../shared/labelledLatent.ts";
import { moved, truncated, type LatentVector } from "../shared/latentSpace.ts";
import type { LatentsAnswer } from "../worker/questions/latents.question.ts";

/** How far a slider goes each way: latents are normal, so three is far out. */
export const REACH = 3;
export const PLANE_SIZE = 7;
/** Images between two held latents in a film. */
const FRAMES_BETWEEN = 24;

/** A latent that is looked at: how far along each main direction it is from the anchor, and how tame. */
export interface LatentPlace {
  readonly map: LatentsAnswer;
  readonly anchor: LatentVector;
  readonly offsets: readonly number[];
  /** What the noise is truncated by. */
  readonly truncation: number;
}

/** The latent of a cell of the sample grid. */
export function latentOfCell({ probe, latentDim }: LatentsAnswer, cell: number): LatentVector {
  return probe.slice(cell * latentDim, (cell + 1) * latentDim);
}

export function latentAt({ truncation, ...place }: LatentPlace): LatentVector {
  return tamed(untamedAt(place), place.map, truncation);
}

/** The same, before its noise is truncated. */
export function untamedAt({ map, anchor, offsets }: Omit<LatentPlace, "truncation">): LatentVector {
  return map.directions.reduce((z, direction, index) => moved(z, direction, offsets[index] ?? 0), anchor);
}

/**
 * The anchor moved over the plane of the first two directions, PLANE_SIZE × PLANE_SIZE, row by row from the top left; the
 * second direction points up. None where there is no direction.
 */
export function planeAround({ map, anchor, truncation }: Omit<LatentPlace, "offsets">): readonly LatentVector[] {
  const [first, second] = map.directions;
  if (first === undefined) return [];
  const stops = Array.from({ length: PLANE_SIZE }, (_, index) => REACH * ((2 * index) / (PLANE_SIZE - 1) - 1));
  return stops.toReversed().flatMap((up) =>
    stops.map((right) => {
      const z = moved(anchor, first, right);
      return tamed(second === undefined ? z : moved(z, second, up), map, truncation);
    }),
  );
}

/** The way through all stops and back to the first. `classes` is how many of a latent's last numbers say the class. */
export function roundTrip(stops: readonly LatentVector[], classes: number): readonly LatentVector[] {
  return stops.flatMap((z, index) => {
    const next = stops[(index + 1) % stops.length] ?? z;
    return Array.from({ length: FRAMES_BETWEEN }, (_, frame) => between(z, next, frame / FRAMES_BETWEEN, classes));
  });
}

function tamed(z: LatentVector, { classes }: LatentsAnswer, truncation: number): LatentVector {
  return changeNoise(z, classes, (noise) => truncated(noise, truncation));
}
