/** A step told slowly, as a person finds it: by role and accessible name. It knows no class, no id and no test. */
import type { Locator, Page } from "playwright/test";

export class SlowMotion {
  readonly begin: Locator;
  readonly player: Locator;
  readonly caption: Locator;
  readonly next: Locator;
  readonly back: Locator;
  readonly play: Locator;
  readonly leave: Locator;

  constructor(page: Page) {
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    this.begin = button("Slow motion");
    this.player = page.getByRole("region", { name: "Slow motion" });
    this.caption = page.getByRole("status", { name: "Stage", exact: true });
    this.next = button("Next stage");
    this.back = button("Back one stage");
    this.play = button("Play the stages");
    this.leave = button("Leave");
  }

  /** Jumps to a stage by the list. */
  stage(label: string): Locator {
    return this.player.getByRole("list", { name: "Stages" }).getByRole("button", { name: new RegExp(`: ${label}$`) });
  }
}
