/** How good the samples are, as a person finds it out: by role and accessible name. It knows no class, no id and no test. */
import { expect, type Locator, type Page } from "playwright/test";

export class QualityPanel {
  readonly region: Locator;
  readonly measured: Locator;
  readonly measureNow: Locator;
  readonly classes: Locator;
  /** The cells of the sample grid, and what the one looked at is most like. */
  readonly cells: Locator;
  readonly nearest: Locator;
  readonly sample: Locator;

  constructor(page: Page) {
    this.region = page.getByRole("region", { name: "Quality" });
    this.measured = this.region.getByRole("status", { name: "Measured" });
    this.measureNow = this.region.getByRole("button", { name: "Measure now" });
    this.classes = this.region.getByRole("figure", { name: "Digits seen" }).getByRole("listitem");
    this.cells = page.getByRole("application", { name: /^Samples and what/ }).getByRole("button");
    this.nearest = page.getByRole("img", { name: "Nearest training image" });
    this.sample = page.getByRole("img", { name: "Sample looked at" });
  }

  /** Measures at the step that stands. Only a data set that has come whole can be measured by. */
  async measureAt(step: number): Promise<void> {
    await expect(async () => {
      await this.measureNow.click();
      await expect(this.measured).not.toHaveText("Measuring…", { timeout: 50_000 });
      await expect(this.measured).toHaveText(`Measured at step ${String(step)}.`, { timeout: 100 });
    }).toPass({ timeout: 60_000 });
  }

  /** One row of the last measurement: the samples' number, that of real images, and how many samples it rests on. */
  async numbersOf(measure: string): Promise<readonly string[]> {
    const header = this.region.page().getByRole("rowheader", { name: measure });
    const row = this.region.getByRole("row").filter({ has: header });
    return row.getByRole("cell").allInnerTexts();
  }
}
