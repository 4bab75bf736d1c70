/** The lab of a run of points, as a person finds it: by role and accessible name. It knows no class, no id and no test. */
import type { Locator, Page } from "playwright/test";

/** A small run of points that takes a blink to train. */
export const SMALL_POINTS = { preset: "points-eight-gaussians", batch: "16" } as const;

export class Lab {
  readonly region: Locator;
  /** What is focused and moved over by the cross. */
  readonly plane: Locator;
  readonly canvas: Locator;
  readonly captions: Locator;
  readonly draw: Locator;
  readonly drawn: Locator;
  readonly fit: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.region = page.getByRole("region", { name: "Lab" });
    this.plane = this.region.getByRole("application", { name: /^Plane/ });
    this.canvas = this.region.getByRole("img", { name: "Points in the plane" });
    this.captions = this.region.getByRole("list", { name: "What the colours mean" });
    this.draw = this.button("Draw");
    this.drawn = this.region.getByRole("status", { name: "Drawn" });
    this.fit = this.button("Fit my drawing");
  }

  button(name: string): Locator {
    return this.region.getByRole("button", { name, exact: true });
  }

  /** One stroke through places of the canvas, given as shares of its width and height. */
  async stroke(...places: readonly (readonly [across: number, down: number])[]): Promise<void> {
    await this.plane.scrollIntoViewIfNeeded();
    const box = await this.plane.boundingBox();
    if (box === null) throw new Error("The plane is not on the page.");
    const { mouse } = this.#page;
    for (const [index, [across, down]] of places.entries()) {
      await mouse.move(box.x + across * box.width, box.y + down * box.height);
      if (index === 0) await mouse.down();
    }
    await mouse.up();
  }
}
