/** Tells `npm test` how Playwright's tests went. */
import type { Reporter, Suite, TestCase } from "playwright/types/testReporter";
import { NO_REASON, writeTally, type SkippedTest } from "./tally.ts";

export default class TallyReporter implements Reporter {
  #suite: Suite | null = null;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd(): void {
    const tests = this.#suite?.allTests() ?? [];
    const skipped = tests.filter((test) => test.outcome() === "skipped").map(describeSkip);
    const failed = tests.filter((test) => test.outcome() === "unexpected").length;
    writeTally({ passed: tests.length - failed - skipped.length, failed, skipped });
  }
}

function describeSkip(test: TestCase): SkippedTest {
  const reason = test.annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
  return { name: test.title, reason: reason ?? NO_REASON };
}
