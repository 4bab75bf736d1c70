/** The place Inspect as a person finds it: by role and accessible name. It knows no class, no id and no test. */
import type { Locator, Page } from "playwright/test";
import { expect } from "playwright/test";

export class InspectPlace {
  readonly page: Page;
  readonly link: Locator;
  readonly samples: Locator;
  readonly histogram: Locator;
  readonly pad: Locator;
  readonly scoreUnderLens: Locator;
  readonly game: Locator;

  constructor(page: Page) {
    this.page = page;
    this.link = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Inspect" });
    this.samples = page.getByRole("application", { name: "Samples", exact: true }).getByRole("button");
    this.histogram = page.getByRole("img", { name: /^Histogram of scores/ });
    this.pad = page.getByRole("application", { name: /^Image under the lens/ });
    this.scoreUnderLens = page.getByRole("status", { name: "Score under the lens" });
    this.game = page.getByRole("region", { name: "Can you tell?" });
  }

  /** Is there, with all scores. */
  async isOpen(): Promise<void> {
    await expect(this.link).toHaveAttribute("aria-current", "page");
    await expect(this.samples).toHaveCount(64);
    await expect(this.scoreUnderLens).toHaveText(/\d/);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  image(name: string): Locator {
    return this.page.getByRole("img", { name, exact: true });
  }

  /** The scores of the samples, in the order in which they stand. */
  async scores(): Promise<readonly number[]> {
    const names = await this.samples.evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label") ?? ""));
    return names.map((name) => Number(/score (\S+)$/.exec(name)?.[1]?.replace("−", "-")));
  }

  /** The score under the lens, once it is another than `before`. */
  async scoreAfter(before: string): Promise<string> {
    await expect(this.scoreUnderLens).not.toHaveText(before);
    return this.scoreUnderLens.innerText();
  }
}
