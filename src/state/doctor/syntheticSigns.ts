/** For tests: signs of runs that never were, from formulas of the step. */
import { DEFAULT_CONFIG, type Config } from "../../gan/config.ts";
import { MEASURE_NAMES, type MeasureName, type QualityReading } from "../../metrics/quality.ts";
import { MEASUREMENT_COLUMNS, type History, type MeasurementColumn } from "../../worker/protocol.ts";
import type { Signs } from "./rule.ts";

type Formulas = Partial<Record<MeasurementColumn, (step: number) => number>>;

/** A fair duel: both players pay, and the discriminator is right more often than not. */
const FAIR: Formulas = {
  discriminatorLoss: () => 1.2,
  generatorLoss: () => 1,
  realScore: () => 0.65,
  fakeScore: () => 0.35,
  discriminatorGradientNorm: () => 1,
  generatorGradientNorm: () => 0.5,
  milliseconds: () => 10,
};

/** A row a step, of a fair duel where no formula says otherwise. */
export function historyOf(steps: number, formulas: Formulas = {}): History {
  const column = (name: MeasurementColumn) =>
    Float64Array.from({ length: steps }, (_, row) =>
      name === "step" ? row + 1 : ({ ...FAIR, ...formulas }[name]?.(row + 1) ?? NaN),
    );
  return Object.fromEntries(MEASUREMENT_COLUMNS.map((name) => [name, column(name)])) as History;
}

/** Signs of so many steps, of which nothing else is known than what is given. */
export function signsOf(
  steps: number,
  formulas: Formulas = {},
  given: Partial<Omit<Signs, "config">> & { readonly config?: Partial<Config> } = {},
): Signs {
  const history = historyOf(steps, formulas);
  return {
    step: steps,
    history,
    recent: history,
    diverged: false,
    quality: null,
    variety: null,
    modes: null,
    deadUnits: null,
    ...given,
    config: { ...DEFAULT_CONFIG, ...given.config },
  };
}

export function readingOf(measures: Partial<Record<MeasureName, number>>, step = 1): QualityReading {
  const none = Object.fromEntries(MEASURE_NAMES.map((name) => [name, null])) as QualityReading["measures"];
  return { step, measures: { ...none, ...measures }, histogram: null, real: null };
}
