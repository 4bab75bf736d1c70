/** What keeps a page from being calm for everyone: faults that a checker of accessibility finds, and width that sticks out. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";

/** Each rule that is broken, with the elements that break it. What holds is not listed, which takes axe much longer. */
export async function violations(page: Page): Promise<readonly string[]> {
  const results = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).analyze();
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
