/** From the few numbers that updates leave on the device to rows of measurements. Pure; it must not know runs or messages. */
import type { Phase } from "../gan/config.ts";
import { present } from "../shared/invariant.ts";
import type { Failure } from "./failures.ts";
import type { Measurement } from "./protocol.ts";

/** What a step, or half of one, measured: a row without its time, with the gradient penalty beside the loss. */
export interface Measured extends Omit<Measurement, "milliseconds"> {
  readonly penalty: number | null;
}

/** Numbers that an update of the discriminator leaves: [loss, penalty, gradientNorm, meanRealScore, meanFakeScore]. */
const DISCRIMINATOR_NUMBERS = 5;

/** `values` are those of the discriminator's last update, then those of the generator's, [loss, gradientNorm, meanFakeScore], of those made. */
export function measurementOf(values: Float32Array, step: number, made: Readonly<Record<Phase, boolean>>): Measured {
  const first = made.discriminator ? DISCRIMINATOR_NUMBERS : 0;
  const at = (index: number) => present(values[index], `number ${String(index)} of an update`);
  const ofDiscriminator = (index: number) => (made.discriminator ? at(index) : null);
  const ofGenerator = (index: number) => (made.generator ? at(first + index) : null);
  return {
    step,
    discriminatorLoss: ofDiscriminator(0),
    penalty: ofDiscriminator(1),
    discriminatorGradientNorm: ofDiscriminator(2),
    realScore: ofDiscriminator(3),
    generatorLoss: ofGenerator(0),
    generatorGradientNorm: ofGenerator(1),
    fakeScore: ofGenerator(2) ?? ofDiscriminator(4),
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
