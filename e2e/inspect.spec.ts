/** What the discriminator sees: its scores, sorted and side by side, and an image under the lens. */
import AxeBuilder from "@axe-core/playwright";
import { InspectPlace } from "./drivers/inspectPlace.ts";
import { expect, test } from "./drivers/test.ts";

test("samples are sorted by their scores, and one is put under the lens", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  const inspect = new InspectPlace(duel.page);
  await inspect.open();
  const inPlace = await inspect.scores();
  await duel.choose("Order of samples", "Most real first");
  await expect.poll(() => inspect.scores()).toEqual(inPlace.toSorted((a, b) => b - a));
  await duel.choose("Order of samples", "Most fake first");
  await expect.poll(() => inspect.scores()).toEqual(inPlace.toSorted((a, b) => a - b));
  await expect(inspect.histogram).toHaveAccessibleName(/real images: 0\.\d+ on average, \d+ fakes: 0\.\d+ on average/);

  await inspect.samples.first().focus();
  await duel.page.keyboard.press("ArrowRight");
  await duel.page.keyboard.press("Enter");
  await expect(inspect.scoreUnderLens).toHaveText(/^0\.\d+/);
  // The arrow walked over the images alone.
  expect(await duel.stepCount()).toBe(1);

  for (const [colorScheme, width] of [
    ["light", 1440],
    ["dark", 390],
  ] as const) {
    await duel.page.emulateMedia({ colorScheme });
    await duel.page.setViewportSize({ width, height: 900 });
    const overflow = await duel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect((await new AxeBuilder({ page: duel.page }).analyze()).violations).toEqual([]);
  }
});
