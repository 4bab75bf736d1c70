/** Playwright's test with the page's driver at hand. */
import { test as base } from "playwright/test";
import { BuildPlace } from "./buildPlace.ts";
import { DuelPage } from "./duelPage.ts";

export { expect } from "playwright/test";

export const test = base.extend<{ build: BuildPlace; duel: DuelPage }>({
  build: async ({ page }, use) => {
    await use(new BuildPlace(page));
  },
  duel: async ({ page }, use) => {
    await use(new DuelPage(page));
  },
});
