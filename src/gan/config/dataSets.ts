/** The names of the data sets, and what a drawing may be. It must not know where any data comes from. */

export const POINT_SET_NAMES = [
  "line",
  "ring",
  "twoRings",
  "spiral",
  "moons",
  "disjointLines",
  "eightGaussians",
  "twentyFiveGaussians",
  "checkerboard",
  "drawn",
] as const;

/** A data set of points in the plane. */
export type PointSetName = (typeof POINT_SET_NAMES)[number];

export const DATA_SET_NAMES = ["mnist", ...POINT_SET_NAMES] as const;

/** Whether a data set consists of points in the plane, not of images. */
export function isPointSet(name: unknown): name is PointSetName {
  return POINT_SET_NAMES.some((candidate) => candidate === name);
}

/** Places along either side of the square that a drawing's points are counted on, from its lower left corner. */
export const DRAWING_PLACES = 256;

/** A link with more points would be too long for some who pass it on. */
export const MOST_DRAWN = 400;

/** How far points lie about each point of a drawing, unless a person says otherwise: a standard deviation. */
export const DRAWING_SPREAD = 0.06;

/** A face to begin with: two eyes and a mouth. */
export const STARTER_DRAWING: readonly (readonly [column: number, row: number])[] = [
  [90, 170],
  [166, 170],
  [72, 104],
  [82, 92],
  [95, 83],
  [111, 78],
  [128, 76],
  [145, 78],
  [161, 83],
  [174, 92],
  [184, 104],
];
