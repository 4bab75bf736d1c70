/** Tells `npm test` how Vitest's tests went. */
import type { Reporter, TestModule } from "vitest/node";
import { NO_REASON, writeTally, type SkippedTest } from "./tally.ts";

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const skipped: SkippedTest[] = [];
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed++;
        else if (result.state === "skipped") skipped.push({ name: test.fullName, reason: result.note ?? NO_REASON });
        else failed++;
      }
    }
    writeTally({ passed, failed, skipped });
  }
}
