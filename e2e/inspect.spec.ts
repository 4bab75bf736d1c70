/** What the discriminator sees: its scores, a drawing under its eyes, and the game beside it. */
import { overflow, violations } from "./drivers/calm.ts";
import { SMALL } from "./drivers/duelPage.ts";
import { InspectPlace } from "./drivers/inspectPlace.ts";
import { stroke } from "./drivers/pen.ts";
import { expect, test } from "./drivers/test.ts";

const HERE = { ...SMALL, place: "inspect" };

test("samples are sorted by their scores, one is put under the lens, and the score moves as one draws", async ({
  duel,
}) => {
  await duel.open({ hash: HERE });
  // Fresh networks score everything much the same; a few steps part them.
  for (let step = 0; step < 3; step++) await duel.takeStep();
  const inspect = new InspectPlace(duel.page);
  await inspect.isOpen();
  // The scores of the last step may come while the first ones are read.
  await expect(async () => {
    await duel.choose("Order of samples", "As in the grid");
    const inPlace = await inspect.scores();
    await duel.choose("Order of samples", "Most real first");
    const soon = { timeout: 2000 };
    await expect.poll(() => inspect.scores(), soon).toEqual(inPlace.toSorted((a, b) => b - a));
    await duel.choose("Order of samples", "Most fake first");
    await expect.poll(() => inspect.scores(), soon).toEqual(inPlace.toSorted((a, b) => a - b));
  }).toPass({ timeout: 30_000 });
  await expect(inspect.histogram).toHaveAccessibleName(/real images: 0\.\d+ on average, \d+ fakes: 0\.\d+ on average/);

  const blank = await inspect.scoreUnderLens.innerText();
  await inspect.samples.first().focus();
  await duel.page.keyboard.press("ArrowRight");
  await duel.page.keyboard.press("Enter");
  await inspect.scoreAfter(blank);
  await inspect.button("Undo").click();
  await expect(inspect.scoreUnderLens).toHaveText(blank);

  await stroke(inspect.pad, [0.2, 0.2], [0.8, 0.8]);
  const drawn = await inspect.scoreAfter(blank);
  await expect(inspect.image("Where it wants change")).toBeVisible();
  await inspect.button("What its score rests on").click();
  await expect(inspect.image("What its score rests on")).toBeVisible();
  await inspect.button("Undo").click();
  await expect(inspect.scoreUnderLens).toHaveText(blank);
  await inspect.pad.focus();
  for (const key of ["Space", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Space"])
    await duel.page.keyboard.press(key);
  expect(await inspect.scoreAfter(blank)).not.toBe(drawn);

  await duel.choose("Layer", "1 dense");
  const units = duel.page.getByRole("img", { name: /^What layer 1 of the discriminator makes: from .* to / });
  await expect(units).toBeVisible();
  await expect(duel.page.getByRole("img", { name: /^Filters of the first layer: black is -/ })).toBeVisible();
  await duel.choose("Network", "Generator");
  await duel.choose("Layer", "4 reshape");
  await expect(duel.page.getByRole("img", { name: /^What layer 4 of the generator makes: black is -/ })).toBeVisible();
  await expect(duel.page.getByRole("table", { name: "How active the generator is" })).toContainText("of 32");
  // Arrows walked over the images alone, and Space lowered the pen: nothing was trained.
  expect(await duel.stepCount()).toBe(3);

  for (const [colorScheme, width] of [
    ["light", 1440],
    ["dark", 390],
  ] as const) {
    await duel.page.emulateMedia({ colorScheme });
    await duel.page.setViewportSize({ width, height: 900 });
    expect(await overflow(duel.page)).toBeLessThanOrEqual(0);
    expect(await violations(duel.page)).toEqual([]);
  }
});

test("the game goes to its end by keys, which reset nothing, and tells how both players did", async ({ duel }) => {
  await duel.open({ hash: HERE });
  await duel.takeStep();
  const inspect = new InspectPlace(duel.page);
  await inspect.button("Begin").click();
  for (let image = 1; image <= 20; image++) {
    await expect(inspect.image(`Image ${String(image)}: real or fake?`)).toBeVisible();
    if (image === 2) await inspect.button("Fake").click();
    else await duel.page.keyboard.press(image % 2 === 0 ? "f" : "r");
  }
  // One key too many must not begin the run again, either.
  await duel.page.keyboard.press("r");
  await expect(inspect.game.getByRole("table", { name: /^You: \d+ % right$/ })).toBeVisible();
  await expect(inspect.game.getByRole("table", { name: /^Discriminator: \d+ % right$/ })).toBeVisible();
  await expect(inspect.game.getByRole("figure", { name: "Told rightly" })).toBeVisible();
  expect(await duel.stepCount()).toBe(1);
  for (const colorScheme of ["light", "dark"] as const) {
    await duel.page.emulateMedia({ colorScheme });
    expect(await violations(duel.page)).toEqual([]);
  }
});
