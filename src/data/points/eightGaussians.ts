/** Eight Gaussians on a circle: the classic trial for mode collapse (Metz et al. 2016, section 3.1). */
import type { Point } from "./distribution.ts";
import { mixture } from "./mixture.ts";

const COUNT = 8;
const RADIUS = 1.4;

export const eightGaussians = mixture(
  Array.from({ length: COUNT }, (_, index): Point => {
    const angle = (2 * Math.PI * index) / COUNT;
    return [RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)];
  }),
  0.06,
);
