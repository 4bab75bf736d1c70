/** From the few numbers that updates leave on the device to rows of measurements. Pure; it must not know runs or messages. */
import type { Phase } from "../gan/config.ts";
import { present } from "../shared/invariant.ts";
import type { Failure } from "./failures.ts";
import type { Measurement } from "./protocol.ts";

/** What a step, or half of one, measured: a row without its time, with the gradient penalty beside the loss. */
export interface Measured extends Omit<Measurement, "milliseconds"> {
  readonly penalty: number | null;
}

/**
 * `values` are what the discriminator's last update measured, then what the generator's did, of those made: as many numbers
 * of each as `made` says, none where it made none. See `computeDiscriminator` and `computeGenerator` in gan/trainStep.ts.
 */
export function measurementOf(values: Float32Array, step: number, made: Readonly<Record<Phase, number>>): Measured {
  const at = (index: number) => present(values[index], `number ${String(index)} of an update`);
  const ofDiscriminator = (index: number) => (index < made.discriminator ? at(index) : null);
  const ofGenerator = (index: number) => (index < made.generator ? at(made.discriminator + index) : null);
  return {
    step,
    discriminatorLoss: ofDiscriminator(0),
    penalty: ofDiscriminator(1),
    discriminatorGradientNorm: ofDiscriminator(2),
    realScore: ofDiscriminator(3),
    generatorLoss: ofGenerator(0),
    generatorGradientNorm: ofGenerator(1),
    fakeScore: ofGenerator(2) ?? ofDiscriminator(4),
    realAccuracy: ofDiscriminator(5),
    fakeAccuracy: ofGenerator(3) ?? ofDiscriminator(6),
  };
}

/**
 * The row of a step after a measurement. Halves of one step share its row: a later half fills in what it measured, and
 * their times add up.
 */
export function rowAfter(latest: Measurement | null, measured: Measured, milliseconds: number): Measurement {
  const begun = latest?.step === measured.step ? latest : null;
  return {
    step: measured.step,
    discriminatorLoss: measured.discriminatorLoss ?? begun?.discriminatorLoss ?? null,
    generatorLoss: measured.generatorLoss ?? begun?.generatorLoss ?? null,
    realScore: measured.realScore ?? begun?.realScore ?? null,
    fakeScore: measured.fakeScore ?? begun?.fakeScore ?? null,
    discriminatorGradientNorm: measured.discriminatorGradientNorm ?? begun?.discriminatorGradientNorm ?? null,
    generatorGradientNorm: measured.generatorGradientNorm ?? begun?.generatorGradientNorm ?? null,
    realAccuracy: measured.realAccuracy ?? begun?.realAccuracy ?? null,
    fakeAccuracy: measured.fakeAccuracy ?? begun?.fakeAccuracy ?? null,
    milliseconds: milliseconds + (begun?.milliseconds ?? 0),
  };
}

const WATCHED = [
  ["discriminatorLoss", "discriminator's loss"],
  ["penalty", "gradient penalty"],
  ["generatorLoss", "generator's loss"],
] as const satisfies readonly (readonly [keyof Measured, string])[];

/** Why training cannot go on, when a loss is no longer a finite number; else null. */
export function divergenceOf(measured: Measured): Failure | null {
  const broken = WATCHED.find(([field]) => measured[field] !== null && !Number.isFinite(measured[field]));
  if (broken === undefined) return null;
  const [field, name] = broken;
  const became = Number.isNaN(measured[field]) ? "is not a number any more" : "became infinite";
  return {
    code: "diverged",
    message: `The ${name} ${became} at step ${String(measured.step)}, so the weights are lost.`,
    safe: "The last good measurements and images stay.",
    next: "Lower the learning rates, or choose a steadier loss, then reset.",
  };
}
