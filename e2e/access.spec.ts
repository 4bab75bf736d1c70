/** For everyone: themes, widths, the keyboard alone, and what a checker of accessibility finds. */
import { overflow, violations } from "./drivers/calm.ts";
import { expect, test } from "./drivers/test.ts";

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  test(`${colorScheme}, at every width: nothing sticks out, and axe finds nothing`, async ({ duel }) => {
    await duel.page.emulateMedia({ colorScheme });
    await duel.open();
    await duel.takeStep();
    for (const [width, height] of SIZES) {
      await duel.page.setViewportSize({ width, height });
      expect(await overflow(duel.page)).toBeLessThanOrEqual(0);
      expect(await violations(duel.page)).toEqual([]);
    }
  });
}

test("the page follows the system's theme until it is told otherwise, and remembers", async ({ duel }) => {
  const background = () => duel.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await duel.page.emulateMedia({ colorScheme: "dark" });
  await duel.open();
  const dark = await background();
  await duel.button("Theme: as the system").click();
  const light = await background();
  expect(light).not.toBe(dark);
  await duel.page.reload();
  expect(await background()).toBe(light);
  await duel.button("Theme: light").click();
  expect(await background()).toBe(dark);
});

test("at 390 pixels the settings and the measurements are sheets, and the transport stays at hand", async ({
  duel,
}) => {
  await duel.page.setViewportSize({ width: 390, height: 844 });
  await duel.open();
  await expect(duel.train).toBeInViewport();
  await expect(duel.generatedSamples).toBeInViewport({ ratio: 0.9 });

  await duel.button("Settings").click();
  await expect(duel.settings).toBeVisible();
  await duel.slider("Label smoothing").fill("0.8");
  expect(await violations(duel.page)).toEqual([]);
  await duel.button("Close").click();
  await expect(duel.settings).toBeHidden();

  await duel.takeStep();
  await duel.button("Measurements").click();
  await expect(duel.figure("Losses")).toBeVisible();
  expect(await violations(duel.page)).toEqual([]);
  await duel.page.keyboard.press("Escape");
  await expect(duel.measurements).toBeHidden();
});

test("everything can be done by keyboard alone", async ({ duel }) => {
  const { keyboard } = duel.page;
  await duel.open();
  await keyboard.press("ArrowRight");
  await duel.isPausedAt(1);
  await keyboard.press("Space");
  await expect(duel.status).toHaveText("Training");
  await duel.hasTrainedTo(3);
  await keyboard.press("Space");
  await expect(duel.status).toHaveText(/^Paused/);

  const rate = duel.slider("Generator learning rate");
  const before = Number(await rate.inputValue());
  const paused = await duel.stepCount();
  await rate.focus();
  await keyboard.press("ArrowRight");
  expect(Number(await rate.inputValue())).toBeGreaterThan(before);
  await keyboard.press("End");
  await expect(rate).toHaveValue("0.1");
  // The arrow moved the slider alone.
  expect(await duel.stepCount()).toBe(paused);

  await duel.page.getByRole("textbox", { name: "Batch size, exact value" }).focus();
  await keyboard.type("12r ");
  await expect(duel.status).toHaveText(/^Paused/);
  await keyboard.press("Escape");

  await duel.combobox("Loss").focus();
  await keyboard.press("Enter");
  // The list takes the keys once it stands.
  await expect(duel.page.getByRole("option", { name: "Non-saturating" })).toBeFocused();
  await keyboard.press("ArrowDown");
  await expect(duel.page.getByRole("option", { name: "Minimax" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(duel.restartNotice).toBeVisible();

  await duel.step.focus();
  await keyboard.press("?");
  const help = duel.page.getByRole("dialog", { name: "Help" });
  await expect(help).toBeVisible();
  expect(await violations(duel.page)).toEqual([]);
  await keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(duel.step).toBeFocused();
  await keyboard.press("r");
  await duel.isReady();
  expect(await duel.stepCount()).toBe(0);
});

test("a slider answers to pointer and double-click, and a typed number is exact", async ({ duel }) => {
  await duel.open();
  const smoothing = duel.slider("Label smoothing");
  const box = await smoothing.boundingBox();
  await smoothing.click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
  await expect(smoothing).toHaveValue("0.75");
  await smoothing.dblclick();
  await expect(smoothing).toHaveValue("0.9");

  const typed = duel.page.getByRole("textbox", { name: "Discriminator learning rate, exact value" });
  await typed.fill("3.21e-4");
  await typed.press("Enter");
  await expect(duel.slider("Discriminator learning rate")).toHaveAttribute("aria-valuetext", "3.21e-4");
  await duel.button("Default for Discriminator learning rate: 2.0e-4").click();
  await expect(duel.slider("Discriminator learning rate")).toHaveValue("0.0002");

  const help = duel.button("Help: Label smoothing");
  await expect(help).toHaveAttribute("aria-expanded", "false");
  await help.click();
  await expect(help).toHaveAttribute("aria-expanded", "true");
  await expect(duel.settings).toContainText("What the discriminator is told to answer for real images");
});

test("lists, sheets and hints open without a word from the security policy", async ({ duel }) => {
  const complaints: string[] = [];
  duel.page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  duel.page.on("pageerror", (error) => complaints.push(error.message));
  await duel.open();
  await duel.choose("Backend", "CPU");
  await duel.isReady();
  await duel.button("Help").click();
  await duel.button("Close").click();
  await duel.button("Layers of the discriminator").click();
  await duel.page.keyboard.press("Escape");
  await duel.step.hover();
  await expect(duel.page.getByRole("tooltip")).toContainText("One whole step");
  expect(complaints).toEqual([]);
});
