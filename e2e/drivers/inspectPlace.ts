/** The place Inspect as a person finds it: by role and accessible name. It knows no class, no id and no test. */
import type { Locator, Page } from "playwright/test";
import { expect } from "playwright/test";

export class InspectPlace {
  readonly link: Locator;
  readonly samples: Locator;
  readonly histogram: Locator;
  readonly scoreUnderLens: Locator;

  constructor(page: Page) {
    this.link = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Inspect" });
    this.samples = page.getByRole("application", { name: "Samples", exact: true }).getByRole("button");
    this.histogram = page.getByRole("img", { name: /^Histogram of scores/ });
    this.scoreUnderLens = page.getByRole("status", { name: "Score under the lens" });
  }

  /** Goes there from anywhere on the page, and waits for the scores. */
  async open(): Promise<void> {
    await this.link.click();
    await expect(this.link).toHaveAttribute("aria-current", "page");
    await expect(this.samples).toHaveCount(64);
  }

  /** The scores of the samples, in the order in which they stand. */
  async scores(): Promise<readonly number[]> {
    const names = await this.samples.evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label") ?? ""));
    return names.map((name) => Number(/score (\S+)$/.exec(name)?.[1]?.replace("−", "-")));
  }
}
