/** Playwright's test with the page's driver at hand. */
import { test as base } from "playwright/test";
import { DuelPage } from "./duelPage.ts";

export { expect } from "playwright/test";

export const test = base.extend<{ duel: DuelPage }>({
  duel: async ({ page }, use) => {
    await use(new DuelPage(page));
  },
});
