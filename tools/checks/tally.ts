/** How many tests passed, failed and were skipped, and why: what a part of `npm test` reports. It runs nothing. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fromRoot } from "../root.ts";

export interface SkippedTest {
  readonly name: string;
  readonly reason: string;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly SkippedTest[];
}

export const EMPTY_TALLY: Tally = { passed: 0, failed: 0, skipped: [] };

/** Stands where a test was skipped without a word. */
export const NO_REASON = "no reason given";

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: [...left.skipped, ...right.skipped],
  };
}

/** What a test runner found, given how it ended: one that breaks without naming a failed test is a failure itself. */
export function settle(found: Tally | null, exitCode: number): Tally {
  const tally = found ?? EMPTY_TALLY;
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** Why tests were skipped, a line each reason, with how many tests it concerns. */
export function skipReasons({ skipped }: Tally): readonly string[] {
  return [...new Set(skipped.map(({ reason }) => reason))].map((reason) => {
    const names = skipped.filter((test) => test.reason === reason).map(({ name }) => name);
    return `${reason}: ${names.length === 1 ? names.join() : `${names.length} tests`}`;
  });
}

/** The closing line. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}

/** The reporters run inside the test runners and hand their tally over in this file. */
const FILE = fromRoot(".cache/checks/tally.json");

export function writeTally(tally: Tally): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(tally));
}

/** The tally that a reporter left, once; null if it left none. */
export function takeTally(): Tally | null {
  try {
    return JSON.parse(readFileSync(FILE, "utf8")) as Tally;
  } catch {
    return null;
  } finally {
    rmSync(FILE, { force: true });
  }
}
