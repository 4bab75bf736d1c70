/** What a person drew: a small Gaussian about every point of the drawing. It must not know how it was drawn. */
import { DRAWING_PLACES } from "../../gan/config.ts";
import { PLANE_EXTENT, type Distribution, type Point } from "./distribution.ts";
import { mixture } from "./mixture.ts";

/** The distribution of a drawing, [column, row] a point, with that standard deviation about each. Throws where it has no point. */
export function drawn(drawing: readonly Point[], spread: number): Distribution {
  if (drawing.length === 0) throw new Error("A drawing without a point is no distribution.");
  return mixture(drawing.map(placeInPlane), spread);
}

function placeInPlane([column, row]: Point): Point {
  return [inPlane(column), inPlane(row)];
}

function inPlane(place: number): number {
  return (place / (DRAWING_PLACES - 1) - 0.5) * 2 * PLANE_EXTENT;
}
