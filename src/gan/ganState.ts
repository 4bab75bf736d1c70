/**
 * All that a GAN has learnt, as plain numbers: enough to go on from there, on any backend. It must not know which update
 * that was, nor where the numbers are kept.
 */
import { tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { invariant, present } from "../shared/invariant.ts";
import { setAveraging, type Gan } from "./gan.ts";
import type { OptimizerState } from "./optimizer.ts";

export interface GanState {
  /** Weights, running statistics and moments, in an order that depends on the config alone. */
  readonly variables: readonly Float32Array[];
  /** Numbers that optimisers and the average count with, such as powers of decays, by name. */
  readonly counters: Readonly<Record<string, number>>;
  /** Whether there is an average of the generator. */
  readonly averages: boolean;
}

/** The state as it is now: reading begins at once, so that what is done meanwhile does not matter. */
export async function readState(gan: Gan): Promise<GanState> {
  const counters = { ...countersOf(gan) };
  const averages = gan.average !== null;
  const reading = variablesOf(gan).map((variable) => variable.data<"float32">());
  return { variables: (await Promise.all(reading)).map((values) => values.slice()), counters, averages };
}

/** Puts a state into a GAN of the same config. Throws where the state is of another one, and then changes nothing. */
export function writeState(gan: Gan, { variables, counters, averages }: GanState): void {
  setAveraging(gan, averages);
  const targets = variablesOf(gan);
  const fits = targets.every(({ size }, index) => variables[index]?.length === size);
  invariant(fits && targets.length === variables.length, "what was saved is of other networks");
  for (const [index, target] of targets.entries()) {
    tidy(() => {
      target.assign(tensor(present(variables[index], "numbers of a variable"), target.shape, "float32"));
    });
  }
  setCounters(gan, counters);
}

/** Weights first, then what the average and the optimisers remember. */
function variablesOf({ generator, discriminator, average, optimizers }: Gan): readonly Variable[] {
  const networks = [generator, discriminator, ...(average === null ? [] : [average.network])];
  return [
    ...networks.flatMap(({ weights }) => [...weights.values()]),
    ...momentsOf(optimizers.generator),
    ...momentsOf(optimizers.discriminator),
  ];
}

/** Found by what they are, so that no optimiser can be forgotten here. */
function momentsOf(state: OptimizerState): readonly Variable[] {
  return Object.values(state).flatMap((field: unknown) => (Array.isArray(field) ? (field as Variable[]) : []));
}

/** Whatever counts, by the name under which its numbers are kept. */
function countingOf({ average, optimizers }: Gan): Readonly<Record<string, object>> {
  return { ...optimizers, ...(average === null ? {} : { average }) };
}

function countersOf(gan: Gan): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(countingOf(gan)).flatMap(([owner, counting]) =>
      Object.entries(counting).flatMap(([field, value]: [string, unknown]) =>
        typeof value === "number" ? [[`${owner}.${field}`, value] as const] : [],
      ),
    ),
  );
}

function setCounters(gan: Gan, counters: GanState["counters"]): void {
  for (const [owner, counting] of Object.entries(countingOf(gan))) {
    for (const field of Object.keys(counting)) {
      const value = counters[`${owner}.${field}`];
      if (value !== undefined) Reflect.set(counting, field, value);
    }
  }
}
