/** The Build place as a person finds it. It knows no class, no id and no test. */
import type { Locator, Page } from "playwright/test";
import { expect } from "playwright/test";

export type Player = "generator" | "discriminator";

export class BuildPlace {
  readonly page: Page;
  readonly main: Locator;
  readonly train: Locator;
  readonly undo: Locator;
  readonly redo: Locator;
  readonly changes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main", { name: "Build" });
    this.train = this.button("Train this");
    this.undo = this.button("Undo");
    this.redo = this.button("Redo");
    this.changes = page.getByRole("status", { name: "Changes" });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  trouble(player: Player): Locator {
    return this.page.getByRole("status", { name: `What is wrong with the ${player}` });
  }

  layers(player: Player): Locator {
    const title = player === "generator" ? "Generator's layers" : "Discriminator's layers";
    return this.page.getByRole("region", { name: title }).getByRole("listitem");
  }

  async hasLayers(player: Player, types: readonly string[]): Promise<void> {
    const names = types.map((type, index) => `Layer ${String(index)}: ${type}`);
    await expect
      .poll(() => this.layers(player).evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label"))))
      .toEqual(names);
  }

  async add(player: Player, type: string): Promise<void> {
    await this.button(`Add a layer to the ${player}`).click();
    await this.type(type).click();
  }

  /** A type of layer in the open menu. */
  type(name: string): Locator {
    return this.page.getByRole("menuitem", { name, exact: true });
  }

  /** Takes a layer by its left edge and lets it go above another. */
  async drag(player: Player, from: number, above: number): Promise<void> {
    const [held, target] = [this.layers(player).nth(from), this.layers(player).nth(above)];
    await held.scrollIntoViewIfNeeded();
    const start = await held.boundingBox();
    const end = await target.boundingBox();
    if (start === null || end === null) throw new Error("A layer is not on the page.");
    await this.page.mouse.move(start.x + 18, start.y + 18);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x + 18, end.y + 4, { steps: 4 });
    await this.page.mouse.up();
  }

  field(label: string, player: Player, index: number, type: string): Locator {
    return this.page.getByLabel(`${label} of layer ${String(index)} of the ${player} (${type})`, { exact: true });
  }

  act(what: string, player: Player, index: number, type: string): Locator {
    return this.button(`${what} layer ${String(index)} of the ${player} (${type})`);
  }
}
