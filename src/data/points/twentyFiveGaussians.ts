/** Twenty-five Gaussians on a grid: more modes than a small generator covers without help. */
import type { Point } from "./distribution.ts";
import { mixture } from "./mixture.ts";

const SIDE = [-1.5, -0.75, 0, 0.75, 1.5];

export const twentyFiveGaussians = mixture(
  SIDE.flatMap((y) => SIDE.map((x): Point => [x, y])),
  0.06,
);
