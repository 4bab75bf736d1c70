/** A pen on a field to draw on. It knows a field's box, and nothing of what is drawn. */
import type { Locator } from "playwright/test";

/** A point as shares of the field's sides. */
export type Share = readonly [across: number, down: number];

/** Draws a straight stroke with the mouse. */
export async function stroke(field: Locator, from: Share, to: Share): Promise<void> {
  await field.scrollIntoViewIfNeeded();
  const box = await field.boundingBox();
  if (box === null) throw new Error("There is no field to draw on.");
  const { mouse } = field.page();
  const place = ([across, down]: Share) => [box.x + across * box.width, box.y + down * box.height] as const;
  await mouse.move(...place(from));
  await mouse.down();
  await mouse.move(...place(to), { steps: 6 });
  await mouse.up();
}
