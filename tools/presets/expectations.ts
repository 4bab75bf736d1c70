/** Holds outcomes to what their presets promise. It must not know how outcomes are made or shown. */
import { formatCount } from "../../src/shared/counts.ts";
import type { Expectation, Preset } from "../../src/gan/presets/index.ts";
import { formatMeasure, OUTCOME_MEASURES } from "./measures.ts";
import type { Outcome } from "./outcomes.ts";

/** One expectation beside what came out. */
export interface Verdict {
  readonly expectation: Expectation;
  /** Null where it was not measured. */
  readonly value: number | null;
  /** "notReached" where training has not come that far, which is no failure; that it diverged before is one. */
  readonly result: "holds" | "fails" | "notReached";
}

/** What holds of a preset's outcome, in the order of its expectations. */
export function checkExpectations({ expects = [] }: Pick<Preset, "expects">, outcome: Outcome): readonly Verdict[] {
  return expects.map((expectation) => {
    const moment = outcome.moments.find(({ step }) => step === expectation.step);
    if (moment === undefined) {
      return { expectation, value: null, result: outcome.divergedAt === null ? "notReached" : "fails" };
    }
    const value = moment.measures[expectation.measure] ?? null;
    return { expectation, value, result: value !== null && isWithin(value, expectation) ? "holds" : "fails" };
  });
}

function isWithin(value: number, { atLeast = -Infinity, atMost = Infinity }: Expectation): boolean {
  return value >= atLeast && value <= atMost;
}

const MARKS = { holds: "✓", fails: "✗", notReached: "–" } as const satisfies Readonly<
  Record<Verdict["result"], string>
>;

/** A line such as "✓ Modes covered 1, at most 2 expected, at step 1,000". */
export function describeVerdict({ expectation, value, result }: Verdict): string {
  const { measure, step, atLeast, atMost } = expectation;
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${formatMeasure(measure, atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${formatMeasure(measure, atMost)}`]),
  ].join(" and ");
  const seen = value === null ? "not measured" : formatMeasure(measure, value);
  const { label } = OUTCOME_MEASURES[measure];
  return `${MARKS[result]} ${label} ${seen}, ${bounds} expected, at step ${formatCount(step)}`;
}
