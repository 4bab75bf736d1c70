/** What is measured of a preset's run, one row a measure: a table of labels and of ways to write numbers, and how they are read. */
import type { OutcomeMeasure } from "../../src/gan/presets/index.ts";
import { MEASURES, type Measure, type QualityReading } from "../../src/metrics/quality.ts";
import { mean, standardDeviation } from "../../src/shared/statistics.ts";
import type { History, ImageBatch, MeasurementColumn } from "../../src/worker/protocol.ts";
import type { PointMeasures } from "../../src/worker/questions/plane.question.ts";
import { checkerboardShare } from "./checkerboard.ts";

interface Row extends Pick<Measure, "label" | "kind"> {
  /** Its name where room is scarce; absent where it is left to the file of outcomes. */
  readonly short?: string;
}

export const OUTCOME_MEASURES = {
  frechet: { ...MEASURES.frechet, short: "Fréchet" },
  score: { ...MEASURES.score, short: "score" },
  covered: { ...MEASURES.covered, short: "classes" },
  coverage: { ...MEASURES.coverage, short: "coverage" },
  sharpness: MEASURES.sharpness,
  checkerboard: { label: "Share of a checkerboard", kind: "share" },
  modes: { label: "Modes covered", kind: "count", short: "modes" },
  goodShare: { label: "Points in a mode", kind: "share", short: "in a mode" },
  jensenShannon: { label: "Jensen–Shannon divergence", kind: "number", short: "Jensen–Shannon" },
  wasserstein: { label: "Sliced Wasserstein distance", kind: "number" },
  realScore: { label: "Score of real", kind: "number", short: "σ(D) real" },
  fakeScore: { label: "Score of fakes", kind: "number", short: "fake" },
  discriminatorLoss: { label: "Discriminator loss", kind: "number" },
  generatorGradientNorm: { label: "Generator gradient norm", kind: "number", short: "‖∇G‖" },
  leadSwing: { label: "Swing of the discriminator's lead", kind: "number" },
} as const satisfies Readonly<Record<OutcomeMeasure, Row>>;

export const OUTCOME_MEASURE_NAMES = Object.keys(OUTCOME_MEASURES) as readonly OutcomeMeasure[];

/** What was measured of a run at a step; what cannot be measured of its data set is absent. */
export type Measured = Readonly<Partial<Record<OutcomeMeasure, number>>>;

/** What is said of a moment in a line: the names that are short, with their numbers. */
export function describeMeasures(measures: Measured): string {
  return OUTCOME_MEASURE_NAMES.flatMap((name) => {
    const row: Row = OUTCOME_MEASURES[name];
    const value = measures[name];
    return row.short === undefined || value === undefined ? [] : [`${row.short} ${formatMeasure(name, value)}`];
  }).join(" · ");
}

/** As it is written in tables: with about three digits, as a whole number, or as a percentage. */
export function formatMeasure(measure: OutcomeMeasure, value: number): string {
  const { kind } = OUTCOME_MEASURES[measure];
  if (kind === "count") return String(value);
  if (kind === "share") return `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toFixed(digits).replace("-", "−");
}

/** Of images. */
export function measuresOfImages({ measures }: Pick<QualityReading, "measures">): Measured {
  const { frechet, score, covered, coverage, sharpness } = measures;
  return known({ frechet, score, covered, coverage, sharpness });
}

/** Of the images of the probe, by their pixels alone. */
export function measuresOfProbe(images: ImageBatch): Measured {
  return known({ checkerboard: checkerboardShare(images) });
}

/** Of points in the plane. */
export function measuresOfPoints({ modes, jensenShannon, wasserstein }: PointMeasures): Measured {
  return known({ modes: modes?.covered, goodShare: modes?.goodShare, jensenShannon, wasserstein });
}

/** Steps over which the duel's own numbers, which jump about, are averaged. */
const RECENT = 50;

const DUEL = [
  "realScore",
  "fakeScore",
  "discriminatorLoss",
  "generatorGradientNorm",
] as const satisfies readonly (OutcomeMeasure & MeasurementColumn)[];

/** Steps over which a swing is measured: one of a few hundred steps fits in. */
const SWING = 500;

/** Of both players: means over the last steps of the history, and how the lead of the discriminator swings about its own. */
export function measuresOfDuel(history: Pick<History, (typeof DUEL)[number]>): Measured {
  const means = Object.fromEntries(DUEL.map((column) => [column, mean(lastNumbers(history[column], RECENT))] as const));
  return known({ ...means, leadSwing: standardDeviation(leads(history)) });
}

/** Score of real less that of fakes: below 0 where the discriminator believes fakes more. */
function leads({ realScore, fakeScore }: Pick<History, "realScore" | "fakeScore">): readonly number[] {
  return lastNumbers(
    realScore.map((real, row) => real - (fakeScore[row] ?? NaN)),
    SWING,
  );
}

function lastNumbers(column: Float64Array, count: number): readonly number[] {
  return [...column.slice(-count)].filter((value) => !Number.isNaN(value));
}

/** Without what was not measured, and to four digits: more are noise, and would only make files longer. */
function known(measures: Readonly<Partial<Record<OutcomeMeasure, number | null | undefined>>>): Measured {
  const entries = Object.entries(measures) as readonly (readonly [OutcomeMeasure, number | null | undefined])[];
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === null || value === undefined || Number.isNaN(value) ? [] : [[name, Number(value.toPrecision(4))]],
    ),
  );
}
