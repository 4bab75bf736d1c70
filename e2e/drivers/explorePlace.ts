/** The place Explore as a person finds it: by role and accessible name. It knows no class, no id and no test. */
import type { Download, Locator, Page } from "playwright/test";
import { expect } from "playwright/test";

export class ExplorePlace {
  readonly page: Page;
  readonly link: Locator;
  readonly image: Locator;
  readonly plane: Locator;
  readonly held: Locator;
  /** The picture that is sought in latent space. */
  readonly target: Locator;

  constructor(page: Page) {
    this.page = page;
    this.link = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Explore" });
    this.image = page.getByRole("img", { name: "Image of the latent" });
    this.plane = page.getByRole("application", { name: /^Latent plane/ });
    this.target = page.getByRole("img", { name: "Picture to find" });
    this.held = page.getByRole("region", { name: "Held latents" }).getByRole("listitem");
  }

  /** Goes there from anywhere on the page. */
  async open(): Promise<void> {
    await this.link.click();
    await expect(this.link).toHaveAttribute("aria-current", "page");
    await expect(this.page.getByRole("button", { name: "Hold sample 1", exact: true })).toBeVisible();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  slider(name: string): Locator {
    return this.page.getByRole("slider", { name, exact: true });
  }

  /** Holds that many samples, from the first on. */
  async hold(count: number): Promise<void> {
    for (let sample = 1; sample <= count; sample++) await this.button(`Hold sample ${String(sample)}`).click();
    await expect(this.held).toHaveCount(count);
  }

  /** What the picture shows, once it is another than `before`. */
  async changedFrom(before: string): Promise<string> {
    await expect.poll(() => this.pixels()).not.toBe(before);
    return this.pixels();
  }

  pixels(picture: Locator = this.image): Promise<string> {
    return picture.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }

  async saved(name: string): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.button(name).click()]);
    return download;
  }

  /** Offers a picture to the search, as a file that a person chooses. */
  async seek(name: string, type: string, bytes: Buffer): Promise<void> {
    await this.page.getByLabel("Picture file").setInputFiles({ name, mimeType: type, buffer: bytes });
  }
}
