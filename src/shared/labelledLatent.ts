/**
 * Latents that say a class: noise first, then a number for each class, 1 at the one that is asked for. Ways through the noise
 * leave the class alone. With no classes a latent is all noise. It must not know what generates from them.
 */
import { analogy, interpolateOnSphere, type LatentVector } from "./latentSpace.ts";

/** The numbers that are noise. */
export function noiseOf(z: LatentVector, classes: number): LatentVector {
  return z.slice(0, z.length - classes);
}

/** The numbers that say the class, [classes]. */
export function toldOf(z: LatentVector, classes: number): LatentVector {
  return z.slice(z.length - classes);
}

/** A latent of that noise and that class. */
function joined(noise: LatentVector, told: LatentVector): LatentVector {
  const z = new Float32Array(noise.length + told.length);
  z.set(noise);
  z.set(told, noise.length);
  return z;
}

/** Changes the noise alone. */
export function changeNoise(
  z: LatentVector,
  classes: number,
  change: (noise: LatentVector) => LatentVector,
): LatentVector {
  return joined(change(noiseOf(z, classes)), toldOf(z, classes));
}

/** The same noise, of another class. */
export function withClass(z: LatentVector, classes: number, label: number): LatentVector {
  return joined(
    noiseOf(z, classes),
    new Float32Array(classes).map((_, index) => Number(index === label)),
  );
}

/** The way from `a` to `b`: along the arc in the noise, and evenly from one class to the other. */
export function between(a: LatentVector, b: LatentVector, fraction: number, classes: number): LatentVector {
  const noise = interpolateOnSphere(noiseOf(a, classes), noiseOf(b, classes), fraction);
  const [toldA, toldB] = [toldOf(a, classes), toldOf(b, classes)];
  return joined(
    noise,
    toldA.map((value, index) => (1 - fraction) * value + fraction * (toldB[index] ?? 0)),
  );
}

/** a − b + c of the noise, with the class of which a − b + c has most; of several, the first. */
export function labelledAnalogy(a: LatentVector, b: LatentVector, c: LatentVector, classes: number): LatentVector {
  const sum = analogy(a, b, c);
  const told = toldOf(sum, classes);
  return classes === 0 ? sum : withClass(sum, classes, told.indexOf(Math.max(...told)));
}
