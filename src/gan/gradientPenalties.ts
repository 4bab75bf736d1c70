/** The gradient penalties, one row each. Knows slopes of the discriminator; must not know how they are computed. */
import { add, mean, mul, reshape, sqrt, square, sub, sum, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { LiveLayout } from "../engine/liveNumbers.ts";
import type { GradientPenaltyConfig, TrainingConfig } from "./config.ts";

export interface GradientPenalty {
  /** Paper and equation. */
  readonly source: string;
  /** Where the slope is measured: at real or fake images, at random places between the two, or around real ones. */
  readonly at: "real" | "fake" | "between" | "around";
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

/** mean (‖∇D‖₂ − 1)². */
function pullToOne(slopes: Tensor): Scalar {
  return mean(square(sub(sqrt(add(squaredNorms(slopes), SMALLEST_SQUARED_NORM)), 1)));
}

/** ½ mean ‖∇D‖₂². */
function pullToZero(slopes: Tensor): Scalar {
  return mul(mean(squaredNorms(slopes)), 0.5);
}

/** What the weight of a penalty is read from at every update. */
export const PENALTY_LIVE = { weight: "f32" } as const satisfies LiveLayout;

export const GRADIENT_PENALTIES = {
  wganGp: { source: "Gulrajani et al. 2017, equation 3", at: "between", of: pullToOne },
  dragan: { source: "Kodali et al. 2017, section 2.3", at: "around", of: pullToOne },
  r1: { source: "Mescheder, Geiger and Nowozin 2018, equation 9", at: "real", of: pullToZero },
  r2: { source: "Mescheder, Geiger and Nowozin 2018, equation 10", at: "fake", of: pullToZero },
} as const satisfies Readonly<Record<GradientPenaltyConfig["type"], GradientPenalty>>;

/** x̂ = ε · real + (1 − ε) · fake, with one ε for each image: weights [batch], images [batch, ...dataShape]. */
export function interpolate(real: Tensor, fake: Tensor, weights: Tensor): Tensor {
  const epsilon = reshape(weights, [weights.size, ...real.shape.slice(1).map(() => 1)]);
  return add(mul(real, epsilon), mul(fake, sub(1, epsilon)));
}

/** How wide DRAGAN's neighbourhoods are, in standard deviations of the batch's numbers. */
const NEIGHBOURHOOD = 0.5;

/**
 * x̂ = x + δ, with δ normal as in the paper and half as wide as the batch's numbers are spread, as in its authors' code:
 * `noise` is standard normal, of the images' shape [batch, ...dataShape].
 */
export function perturb(real: Tensor, noise: Tensor): Tensor {
  const spread = sqrt(mean(square(sub(real, mean(real)))));
  return add(real, mul(noise, mul(spread, NEIGHBOURHOOD)));
}

/**
 * By what the penalty is multiplied in the updates that have it: one that comes every k-th time weighs k times as much, so
 * that its pull is the same on average (Karras et al. 2020, "Lazy regularization").
 */
export function penaltyWeight({ gradientPenalty }: Pick<TrainingConfig, "gradientPenalty">): number {
  return gradientPenalty === null ? 0 : gradientPenalty.weight * gradientPenalty.every;
}
