import { expect, test } from "vitest";
import { lookedAt, NO_STANDINGS, type Standings } from "./hysteresis.ts";
import type { Rule } from "./rule.ts";
import { signsOf } from "./syntheticSigns.ts";

test("what is known begins at once", () => {
  const rule: Rule = {
    title: "It",
    reason: "",
    remedies: [],
    examine: () => ({ level: 2, evidence: "", known: true }),
  };
  expect(lookedAt(NO_STANDINGS, [rule], signsOf(1)).get(rule)?.stands).toBe(true);
});

/** Whether a diagnosis stands after each of some looks, which find those levels; null is no finding. */
function standsAfter(levels: readonly (number | null)[]): readonly boolean[] {
  let level: number | null = null;
  const rule: Rule = {
    title: "It",
    reason: "",
    remedies: [],
    examine: () => (level === null ? null : { level, evidence: String(level) }),
  };
  let standings: Standings = NO_STANDINGS;
  return levels.map((next) => {
    level = next;
    standings = lookedAt(standings, [rule], signsOf(1));
    return standings.get(rule)?.stands ?? false;
  });
}

test("one look does not make a diagnosis, two in a row do", () => {
  expect(standsAfter([1.2, 0.9, 1.2, 1.1])).toEqual([false, false, false, true]);
});

test("a diagnosis stands while its level is between end and beginning, and ends after three looks below", () => {
  expect(standsAfter([2, 2, 0.8, 0.9, 0.6, 0.6, 0.8, 0.6, 0.6, 0.6])).toEqual([
    false,
    true,
    true,
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
});

test("signs that fall silent end a diagnosis, too", () => {
  expect(standsAfter([2, 2, null, null, null])).toEqual([false, true, true, true, false]);
});
