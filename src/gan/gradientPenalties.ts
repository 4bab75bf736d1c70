/** The gradient penalties, one row each. Knows slopes of the discriminator; must not know how they are computed. */
import { add, mean, mul, reshape, sqrt, square, sub, sum, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { GradientPenaltyConfig } from "./config.ts";

export interface GradientPenalty {
  /** Paper and equation. */
  readonly source: string;
  /** Where the slope is measured: at the real images, or at random places between real and fake ones. */
  readonly at: "real" | "between";
  /** The penalty, before its weight, of slopes ∇D of shape [batch, ...dataShape]. */
  of(slopes: Tensor): Scalar;
}

/** Keeps the slope of the norm finite where the norm is zero. */
const SMALLEST_SQUARED_NORM = 1e-12;

/** ‖·‖₂² of each item, [batch]. */
function squaredNorms(slopes: Tensor): Tensor {
  const itemAxes = slopes.shape.slice(1).map((_, index) => index + 1);
  return sum(square(slopes), itemAxes);
}

export const GRADIENT_PENALTIES = {
  wganGp: {
    source: "Gulrajani et al. 2017, equation 3",
    at: "between",
    of: (slopes) => mean(square(sub(sqrt(add(squaredNorms(slopes), SMALLEST_SQUARED_NORM)), 1))),
  },
  r1: {
    source: "Mescheder, Geiger and Nowozin 2018, equation 9",
    at: "real",
    of: (slopes) => mul(mean(squaredNorms(slopes)), 0.5),
  },
} as const satisfies Readonly<Record<GradientPenaltyConfig["type"], GradientPenalty>>;

/** x̂ = ε · real + (1 − ε) · fake, with one ε for each image: weights [batch], images [batch, ...dataShape]. */
export function interpolate(real: Tensor, fake: Tensor, weights: Tensor): Tensor {
  const epsilon = reshape(weights, [weights.size, ...real.shape.slice(1).map(() => 1)]);
  return add(mul(real, epsilon), mul(fake, sub(1, epsilon)));
}
