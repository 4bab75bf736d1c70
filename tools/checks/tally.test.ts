import { expect, test } from "vitest";
import { add, closingLine, EMPTY_TALLY, settle, skipReasons, type Tally } from "./tally.ts";

const TALLY: Tally = { passed: 2, failed: 1, skipped: [{ name: "a", reason: "no GPU" }] };

test("tallies add up", () => {
  expect(add(TALLY, TALLY)).toEqual({ passed: 4, failed: 2, skipped: [...TALLY.skipped, ...TALLY.skipped] });
  expect(add(EMPTY_TALLY, TALLY)).toEqual(TALLY);
});

test("a runner that breaks without naming a failed test counts as one failure", () => {
  expect(settle(null, 1)).toEqual({ passed: 0, failed: 1, skipped: [] });
  expect(settle({ ...TALLY, failed: 0 }, 1).failed).toBe(1);
});

test("a runner's own count of failures stands", () => {
  expect(settle({ ...TALLY, failed: 3 }, 1).failed).toBe(3);
  expect(settle({ ...TALLY, failed: 0 }, 0).failed).toBe(0);
});

test("every reason for a skip is given once, with the test or the number of tests it concerns", () => {
  const skipped = [...TALLY.skipped, { name: "b", reason: "no GPU" }, { name: "c", reason: "no threads" }];
  expect(skipReasons({ ...TALLY, skipped })).toEqual(["no GPU: 2 tests", "no threads: c"]);
});

test("the closing line counts", () => {
  expect(closingLine(TALLY)).toBe("2 passed, 1 failed, 1 skipped");
});
