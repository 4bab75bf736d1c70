/** Ways through latent space: plain vectors of numbers in, new ones out. It must not know what generates from them. */
import { invariant } from "./invariant.ts";
import { latentNumbers, onSphere, type LatentDistribution } from "./latents.ts";
import type { RandomKey } from "./random.ts";

export type LatentVector = Float32Array<ArrayBuffer>;

function norm(z: LatentVector): number {
  return Math.hypot(...z);
}

function mapped(z: LatentVector, value: (index: number) => number): LatentVector {
  return z.map((_, index) => value(index));
}

function sameLength(a: LatentVector, b: LatentVector): void {
  invariant(a.length === b.length, "two latents have different dimensions");
}

/** Below this angle, in radians, the arc is as good as a line. */
const SMALLEST_ANGLE = 1e-4;

/**
 * The latent a fraction of the way from `a` to `b`, along the arc between their directions and with a length between
 * theirs: normal latents lie near a sphere, and a straight line would cut through its unlikely inside (White 2016,
 * "Sampling Generative Networks", section 2). Latents that point opposite ways have no arc, and go in a straight line.
 */
export function interpolateOnSphere(a: LatentVector, b: LatentVector, fraction: number): LatentVector {
  sameLength(a, b);
  const [lengthA, lengthB] = [norm(a), norm(b)];
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const cosine = dot / (lengthA * lengthB);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const isLine = !Number.isFinite(cosine) || angle < SMALLEST_ANGLE || Math.PI - angle < SMALLEST_ANGLE;
  if (isLine) return mapped(a, (index) => (1 - fraction) * (a[index] ?? 0) + fraction * (b[index] ?? 0));
  const length = (1 - fraction) * lengthA + fraction * lengthB;
  const weightA = (Math.sin((1 - fraction) * angle) / Math.sin(angle) / lengthA) * length;
  const weightB = (Math.sin(fraction * angle) / Math.sin(angle) / lengthB) * length;
  return mapped(a, (index) => weightA * (a[index] ?? 0) + weightB * (b[index] ?? 0));
}

/** a − b + c (Radford, Metz and Chintala 2016, section 6.3.2). */
export function analogy(a: LatentVector, b: LatentVector, c: LatentVector): LatentVector {
  sameLength(a, b);
  sameLength(a, c);
  return mapped(a, (index) => (a[index] ?? 0) - (b[index] ?? 0) + (c[index] ?? 0));
}

/** z shrunk towards the middle of the distribution: 1 leaves it, 0 is the middle itself. */
export function truncated(z: LatentVector, psi: number): LatentVector {
  return mapped(z, (index) => psi * (z[index] ?? 0));
}

/** z moved by `amount` along a direction. */
export function moved(z: LatentVector, direction: LatentVector, amount: number): LatentVector {
  sameLength(z, direction);
  return mapped(z, (index) => (z[index] ?? 0) + amount * (direction[index] ?? 0));
}

/**
 * A relative of a latent, as likely as the latent itself where that was drawn from the distribution. With `strength` 0 it is
 * z, with 1 a stranger.
 */
export function relative(
  z: LatentVector,
  strength: number,
  key: RandomKey,
  latentDistribution: LatentDistribution = "normal",
): LatentVector {
  const epsilon = latentNumbers(key, { latentDim: z.length, latentDistribution });
  if (latentDistribution === "uniform") {
    // A step of up to the cube's width either way, thrown back at its walls, leaves numbers that are even, even.
    return mapped(z, (index) => thrownBack((z[index] ?? 0) + 2 * strength * (epsilon[index] ?? 0)));
  }
  const kept = Math.sqrt(1 - strength * strength);
  const mixed = mapped(z, (index) => kept * (z[index] ?? 0) + strength * (epsilon[index] ?? 0));
  return latentDistribution === "spherical" ? onSphere(mixed) : mixed;
}

/** Where a number within 2 of the stretch from −1 to 1 comes to rest when the ends throw it back. */
function thrownBack(value: number): number {
  if (Math.abs(value) <= 1) return value;
  return Math.sign(value) * 2 - value;
}
