/** Lets diagnoses begin and end slowly, so that one look more or less does not make them flicker. Pure. */
import type { Finding, Rule, Signs } from "./rule.ts";

/** A diagnosis begins after so many looks in a row that found it … */
const LOOKS_TO_BEGIN = 2;
/** … and ends after so many in a row that hardly did. */
const LOOKS_TO_END = 3;
const BEGINS_AT = 1;
const ENDS_BELOW = 0.7;

/** What is remembered of one rule between looks. */
export interface Standing {
  /** Whether the diagnosis stands. */
  readonly stands: boolean;
  /** Looks in a row that spoke against `stands`. */
  readonly against: number;
  /** The last finding that there was; its evidence is what is shown. */
  readonly finding: Finding | null;
}

export type Standings = ReadonlyMap<Rule, Standing>;

export const NO_STANDINGS: Standings = new Map();

const UNKNOWN: Standing = { stands: false, against: 0, finding: null };

/** The standings after one more look. */
export function lookedAt(standings: Standings, rules: readonly Rule[], signs: Signs): Standings {
  return new Map(rules.map((rule) => [rule, after(standings.get(rule) ?? UNKNOWN, rule.examine(signs))]));
}

function after({ stands, against, finding: before }: Standing, found: Finding | null): Standing {
  const level = found?.level ?? 0;
  const finding = found ?? (stands ? before : null);
  const isAgainst = stands ? level < ENDS_BELOW : level >= BEGINS_AT;
  if (!isAgainst) return { stands, against: 0, finding };
  const turns = found?.known === true || against + 1 >= (stands ? LOOKS_TO_END : LOOKS_TO_BEGIN);
  return turns ? { stands: !stands, against: 0, finding } : { stands, against: against + 1, finding };
}
